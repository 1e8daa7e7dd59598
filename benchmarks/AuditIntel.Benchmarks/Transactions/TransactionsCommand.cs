using System.CommandLine;
using AuditIntel.Benchmarks.Reporting;

namespace AuditIntel.Benchmarks.Transactions;

/// <summary><c>bench transactions</c>: what a transaction costs.</summary>
internal static class TransactionsCommand
{
    public static Command Create()
    {
        Option<bool> json = new("--json") { Description = "Print the result as JSON" };
        Option<int> records = new("--records") { Description = "Transactions of each run", HelpName = "N", DefaultValueFactory = _ => 100_000 };
        Option<int> runs = new("--runs") { Description = "Runs of each workload; the median counts", HelpName = "N", DefaultValueFactory = _ => 3 };
        Command command = new("transactions", "Features, scoring one by one and in batches, reasons; beside scikit-learn where it is installed") { json, records, runs };
        command.SetAction(async (result, cancellation) =>
        {
            TextWriter progress = result.InvocationConfiguration.Error;
            var figures = new FigureList();
            var scoring = new ScoringBenchmark(figures, result.GetValue(records), result.GetValue(runs), line => progress.WriteLine(line));
            await scoring.RunAsync(cancellation);
            var report = new BenchmarkReport(
                "transactions",
                "chain transactions, one thread",
                new Dictionary<string, string> { ["transactions"] = $"{result.GetValue(records)}", ["runs"] = $"{result.GetValue(runs)}" },
                figures.Measurements);
            report.WriteTo(result.InvocationConfiguration.Output, result.GetValue(json));
            return 0;
        });
        return command;
    }
}
