using System.Diagnostics;
using AuditIntel.Benchmarks.Brokers;
using AuditIntel.Benchmarks.Reporting;
using AuditIntel.Benchmarks.Streaming;
using AuditIntel.Cli.Training;
using AuditIntel.Collectors.Chain.Publishing;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Sinks.Transactions;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Transactions;
using Dapper;
using Npgsql;

namespace AuditIntel.Benchmarks.Transactions;

/// <summary>
/// The topology alone, the PostgreSQL sink alone, and both at once, from the first record that lies on its topic to the last of them committed or stored.
/// Then how long a transaction takes to its row and to its alert while others come at a steady rate.
/// </summary>
internal sealed class PipelineBenchmark(FigureList figures, IBenchmarkBroker broker, int records, int runs, Action<string> progress)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly ConfigurationFile NoAlerts = ConfigurationFile.Parse(
        """
        rules:
          - { id: never, when: { value: 1000000000 ether }, channels: [console] }
        channels:
          console: { type: console }
        """,
        "bench");

    private int _published;

    public async Task RunAsync(TransactionModel model, CancellationToken cancellationToken)
    {
        await using TransactionStack stack = await TransactionStack.StartAsync(broker, cancellationToken);
        using ChainPublisher publisher = await ChainPublisher.CreateAsync(stack.Kafka, stack.Registry, "bench", withLabels: false, onWarning: null, cancellationToken);
        ModelArtifact artefact = TransactionModelRecord.Of(model, "invented transactions", TimeProvider.System.GetUtcNow());
        await ModelPublisher.PublishAsync(stack.Kafka, stack.Registry, artefact, onWarning: null, cancellationToken);
        for (int run = 0; run < runs; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress($"pipeline, run {run + 1} of {runs} ...");
            Publish(publisher, cancellationToken);
            await using (KafkaStreams streams = await stack.StartTopologyAsync(NoAlerts))
            {
                await TimeAsync("topology", () => CommittedAsync(stack, streams));
            }

            await using (PostgresTransactionsSink sink = stack.CreateSink())
            {
                await TimeAsync("PostgreSQL sink, start included", () => StoredAsync(sink, sink.RunAsync(cancellationToken), cancellationToken));
            }

            Publish(publisher, cancellationToken);
            await using (PostgresTransactionsSink sink = stack.CreateSink())
            {
                Task running = sink.RunAsync(cancellationToken);
                await StoredAsync(sink, running, cancellationToken);
                await using KafkaStreams streams = await stack.StartTopologyAsync(NoAlerts);
                progress("raw topic to row ...");
                await TimeAsync("raw topic to row", async () =>
                {
                    await CommittedAsync(stack, streams);
                    await StoredAsync(sink, running, cancellationToken);
                });
            }
        }

        figures.Add("anomalies among the transactions", "%", 100.0 * await AnomaliesAsync(stack, cancellationToken) / _published);
        progress("latency ...");
        await new LatencyBenchmark(figures, stack, publisher).RunAsync(_published, cancellationToken);
    }

    private void Publish(ChainPublisher publisher, CancellationToken cancellationToken)
    {
        foreach (LabelledTransaction each in InventedTransactions.Stream(records, _published))
        {
            publisher.Publish(InventedTransactions.RecordOf(each.Transaction), cancellationToken);
        }

        publisher.Flush(cancellationToken);
        _published += records;
    }

    private static async Task<long> AnomaliesAsync(TransactionStack stack, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(stack.Database);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition("select count(*) from anomalies", cancellationToken: cancellationToken));
    }

    private Task CommittedAsync(TransactionStack stack, KafkaStreams streams) => CommittedInput.UntilAsync(
        stack.Admin, streams, TransactionsTopology.ApplicationId, Topics.ChainTransactions.Name, Topics.ChainTransactions.Partitions, _published);

    /// <summary>Waits until the sink has stored all that is on its topics.</summary>
    public static async Task StoredAsync(PostgresTransactionsSink sink, Task running, CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!sink.Progress().CaughtUp)
        {
            if (running.IsCompleted)
            {
                await running;
            }

            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                throw new TimeoutException($"The sink has not stored everything within {Patience}.");
            }

            await Task.Delay(10, cancellationToken);
        }
    }

    private async Task TimeAsync(string name, Func<Task> work)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        TimeSpan paused = GC.GetTotalPauseDuration();
        long allocated = GC.GetTotalAllocatedBytes();
        long begin = Stopwatch.GetTimestamp();
        await work();
        figures.Add(name, "records/s", records / Stopwatch.GetElapsedTime(begin).TotalSeconds);
        figures.Add(name, ScoringBenchmark.ProcessorTime, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / records);
        figures.Add(name, "bytes allocated", (double)(GC.GetTotalAllocatedBytes() - allocated) / records);
        figures.Add(name, "ms of collector's pauses", (GC.GetTotalPauseDuration() - paused).TotalMilliseconds);
    }
}
