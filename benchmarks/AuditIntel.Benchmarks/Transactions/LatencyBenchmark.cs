using System.Collections.Concurrent;
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
using NpgsqlTypes;

namespace AuditIntel.Benchmarks.Transactions;

/// <summary>
/// Ten times a second a transaction of a watched account among 10 000 others a second: from its time of collection to its row, asked for every 10 ms, and to the
/// webhook of its alert.
/// </summary>
internal sealed class LatencyBenchmark(FigureList figures, TransactionStack stack, ChainPublisher publisher)
{
    private const int Rate = 10_000;
    private const int Turns = 200;
    private const int WarmUpTurns = 50;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _waiting = [];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _collected = [];
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
        Task storing = sink.RunAsync(cancellationToken);
        await PipelineBenchmark.StoredAsync(sink, storing, cancellationToken);
        Task told = ReceiveAlertsAsync(url);
        Task measured = Task.WhenAll(PublishAsync(first, cancellationToken), told);

        // A role that ends before the measurement has failed: its cause, not a timeout, is what has to be said.
        await await Task.WhenAny(measured, streams.Completion, storing, dispatcher.RunAsync(cancellationToken));
        await measured.WaitAsync(Patience, cancellationToken);
        Add("row", _rows);
        Add("alert at the webhook", _alerts);
    }

    private async Task PublishAsync(int first, CancellationToken cancellationToken)
    {
        const int perTurn = Rate / 10;
        IReadOnlyList<LabelledTransaction> stream = InventedTransactions.Stream(Turns * perTurn, first);
        Task stored = AwaitRowsAsync(cancellationToken);
        long begin = Stopwatch.GetTimestamp();
        for (int turn = 0; turn < Turns; turn++)
        {
            for (int i = 0; i < perTurn; i++)
            {
                publisher.Publish(InventedTransactions.RecordOf(stream[(turn * perTurn) + i].Transaction), cancellationToken);
            }

            ChainTransaction probe = InventedTransactions.Probe(turn, stream[turn * perTurn].Transaction);
            _waiting[probe.Hash] = probe.CollectedAt;
            _collected[probe.Hash] = probe.CollectedAt;
            publisher.Publish(probe, cancellationToken);
            TimeSpan rest = (Turn * (turn + 1)) - Stopwatch.GetElapsedTime(begin);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, cancellationToken);
            }
        }

        publisher.Flush(cancellationToken);
        await stored.WaitAsync(Patience, cancellationToken);
    }

    /// <summary>One connection asks for all that is waited for: a connection a transaction would take the processor from what is measured.</summary>
    private async Task AwaitRowsAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(stack.Database);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select hex(hash) from transactions where hash = any($1)", connection);
        NpgsqlParameter waiting = command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await command.PrepareAsync(cancellationToken);
        for (int found = 0; found < Turns;)
        {
            await Task.Delay(LookInterval, cancellationToken);
            waiting.Value = _waiting.Keys.Select(hash => Convert.FromHexString(hash.AsSpan(2))).ToArray();
            await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                if (_waiting.TryRemove(rows.GetString(0), out DateTimeOffset collectedAt) && ++found > WarmUpTurns)
                {
                    _rows.Add((TimeProvider.System.GetUtcNow() - collectedAt).TotalMilliseconds);
                }
            }
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
                _alerts.Add((now - _collected[alert.RootElement.GetProperty("transactionHash").GetString()!]).TotalMilliseconds);
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
