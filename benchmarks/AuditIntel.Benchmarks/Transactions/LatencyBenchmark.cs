using System.Diagnostics;
using System.Net;
using System.Text.Json;
using AuditIntel.Benchmarks.Reporting;
using AuditIntel.Collectors.Chain.Publishing;
using AuditIntel.Contracts;
using AuditIntel.DevStack;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Sinks.Alerts;
using AuditIntel.Sinks.Transactions;
using AuditIntel.Streaming;
using Npgsql;

namespace AuditIntel.Benchmarks.Transactions;

/// <summary>
/// Ten times a second a transaction of a watched account among 10 000 others a second: from its time of collection to its row, asked for in a loop, and to the
/// webhook of its alert.
/// </summary>
internal sealed class LatencyBenchmark(FigureList figures, TransactionStack stack, ChainPublisher publisher)
{
    private const int Rate = 10_000;
    private const int Turns = 200;
    private const int WarmUpTurns = 50;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly List<double> _rows = [];
    private readonly List<double> _alerts = [];

    /// <param name="first">Number of the first invented transaction that was not published yet.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(int first, CancellationToken cancellationToken)
    {
        string url = $"http://127.0.0.1:{FreePort.Choose(0)}/";
        ConfigurationFile alerts = ConfigurationFile.Parse(
            $$"""
            rules:
              - { id: watched, when: { addresses: ["{{InventedTransactions.Watched}}"] }, window: 0s, deduplicateBy: transaction, channels: [hook] }
            channels:
              hook: { type: webhook, url: {{url}}, rate: 1000/s, burst: 1000 }
            """,
            "bench");
        await using KafkaStreams streams = await stack.StartTopologyAsync(alerts);
        await using PostgresTransactionsSink sink = stack.CreateSink();
        await using AlertDispatcher dispatcher = stack.CreateDispatcher(alerts);
        _ = sink.RunAsync(cancellationToken);
        _ = dispatcher.RunAsync(cancellationToken);
        Task told = ReceiveAlertsAsync(url);
        await PublishAsync(first, cancellationToken);
        await told.WaitAsync(Patience, cancellationToken);
        Add("row", _rows);
        Add("alert at the webhook", _alerts);
    }

    private async Task PublishAsync(int first, CancellationToken cancellationToken)
    {
        const int perTurn = Rate / 10;
        IReadOnlyList<LabelledTransaction> stream = InventedTransactions.Stream(Turns * perTurn, first);
        var probes = new List<Task>();
        long begin = Stopwatch.GetTimestamp();
        for (int turn = 0; turn < Turns; turn++)
        {
            for (int i = 0; i < perTurn; i++)
            {
                publisher.Publish(InventedTransactions.RecordOf(stream[(turn * perTurn) + i].Transaction), cancellationToken);
            }

            ChainTransaction probe = InventedTransactions.Probe(turn, stream[turn * perTurn].Transaction);
            publisher.Publish(probe, cancellationToken);
            if (turn >= WarmUpTurns)
            {
                probes.Add(Task.Run(() => AwaitRowAsync(probe, cancellationToken), cancellationToken));
            }

            TimeSpan rest = (Turn * (turn + 1)) - Stopwatch.GetElapsedTime(begin);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, cancellationToken);
            }
        }

        publisher.Flush(cancellationToken);
        await Task.WhenAll(probes).WaitAsync(Patience, cancellationToken);
    }

    private async Task AwaitRowAsync(ChainTransaction probe, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(stack.Database);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select exists (select from transactions where hash = unhex(@hash))", connection);
        command.Parameters.AddWithValue("hash", probe.Hash);
        await command.PrepareAsync(cancellationToken);
        while (await command.ExecuteScalarAsync(cancellationToken) is not true)
        {
            await Task.Delay(5, cancellationToken);
        }

        lock (_rows)
        {
            _rows.Add((TimeProvider.System.GetUtcNow() - probe.CollectedAt).TotalMilliseconds);
        }
    }

    private async Task ReceiveAlertsAsync(string url)
    {
        using var webhook = new HttpListener();
        webhook.Prefixes.Add(url);
        webhook.Start();
        for (int i = 0; i < Turns; i++)
        {
            HttpListenerContext call = await webhook.GetContextAsync();
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            using JsonDocument alert = await JsonDocument.ParseAsync(call.Request.InputStream);
            call.Response.StatusCode = 204;
            call.Response.Close();
            if (i >= WarmUpTurns)
            {
                _alerts.Add((now - alert.RootElement.GetProperty("collectedAt").GetDateTimeOffset()).TotalMilliseconds);
            }
        }
    }

    private void Add(string name, List<double> latencies)
    {
        latencies.Sort();
        figures.Add($"latency to {name} at {Rate:0}/s, median", "ms", latencies[latencies.Count / 2]);
        figures.Add($"latency to {name} at {Rate:0}/s, 99th percentile", "ms", latencies[(int)(0.99 * (latencies.Count - 1))]);
    }
}
