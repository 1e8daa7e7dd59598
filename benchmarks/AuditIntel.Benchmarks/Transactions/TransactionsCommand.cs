using System.CommandLine;
using AuditIntel.Benchmarks.Brokers;
using AuditIntel.Benchmarks.Reporting;
using AuditIntel.Intelligence.Transactions.Ensemble;

namespace AuditIntel.Benchmarks.Transactions;

/// <summary><c>bench transactions</c>: what a transaction costs, step by step and on the whole way to its row and its alert.</summary>
internal static class TransactionsCommand
{
    /// <summary>Scores are measured on so many vectors at most: more of them tell nothing new.</summary>
    private const int MostScored = 100_000;

    public static Command Create() => BenchmarkCommand.Create(
        "transactions",
        "Features, scores and reasons beside scikit-learn; the topology, the sink, the whole way to the row; latency to row and alert",
        RunAsync,
        defaultRecords: 200_000);

    private static async Task<BenchmarkReport> RunAsync(IBenchmarkBroker broker, int records, int runs, Action<string> progress, CancellationToken cancellationToken)
    {
        var figures = new FigureList();
        TransactionModel model = await new ScoringBenchmark(figures, Math.Min(records, MostScored), runs, progress).RunAsync(cancellationToken);
        await new PipelineBenchmark(figures, broker, records, runs, progress).RunAsync(model, cancellationToken);
        return new BenchmarkReport(
            "transactions",
            $"chain transactions, {broker.Description}, private PostgreSQL",
            new Dictionary<string, string> { ["transactions"] = $"{records}", ["runs"] = $"{runs}" },
            figures.Measurements);
    }
}
