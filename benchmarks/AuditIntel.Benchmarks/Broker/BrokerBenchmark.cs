using System.Diagnostics;
using System.Globalization;
using AuditIntel.Benchmarks.Brokers;
using AuditIntel.Benchmarks.Reporting;
using AuditIntel.Kafka;

namespace AuditIntel.Benchmarks.Broker;

/// <summary>
/// Every run makes topics of its own, produces into one, reads it, and copies it into another exactly once; what arrived is counted by the
/// broker's own offsets, so a run that lost anything fails.
/// </summary>
internal sealed class BrokerBenchmark(IBenchmarkBroker broker, int records, int runs, Action<string> progress)
{
    private const int Partitions = 4;
    private const int RecordBytes = 200;

    private readonly FigureList _figures = new();
    private readonly KafkaOptions _kafka = new() { BootstrapServers = broker.BootstrapServers, ClientId = "auditintel-bench" };

    public async Task<BenchmarkReport> RunAsync(CancellationToken cancellationToken)
    {
        using var admin = new TopicAdmin(_kafka);
        for (int run = 0; run < runs; run++)
        {
            await RunOnceAsync(admin, run, cancellationToken);
        }

        if (broker is EmbeddedBrokerProcess embedded)
        {
            await MeasureProcessAsync(embedded, cancellationToken);
        }

        return new BenchmarkReport(
            "broker",
            broker.Description,
            new Dictionary<string, string>
            {
                ["records"] = records.ToString("N0", CultureInfo.InvariantCulture),
                ["bytes a record"] = RecordBytes.ToString(CultureInfo.InvariantCulture),
                ["partitions"] = Partitions.ToString(CultureInfo.InvariantCulture),
                ["commit interval"] = $"{ExactlyOnce.CommitInterval.TotalMilliseconds:0} ms",
            },
            _figures.Measurements);
    }

    private async Task RunOnceAsync(TopicAdmin admin, int run, CancellationToken cancellationToken)
    {
        string prefix = $"bench-{Guid.NewGuid():N}";
        var kept = new Dictionary<string, string> { ["retention.ms"] = "-1" };
        string[] topics = [.. ((string[])["confluent", "batch", "confluent-copy", "batch-copy"]).Select(name => $"{prefix}-{name}")];
        await admin.EnsureTopicsAsync([.. topics.Select(topic => new TopicSpec(topic, Partitions, kept))], cancellationToken);

        await MeasureAsync(admin, "produce, Confluent.Kafka", topics[0], () => ConfluentClients.Produce(_kafka, topics[0], Partitions, records, RecordBytes));
        await MeasureAsync(admin, "produce, batch calls", topics[1], () => BatchClients.Produce(_kafka, topics[1], Partitions, records, RecordBytes));
        await MeasureAsync(admin, "consume, Confluent.Kafka", topics[0], () => ConfluentClients.Consume(_kafka, topics[0], Partitions, records));
        await MeasureAsync(admin, "consume, batch calls", topics[1], () => BatchClients.Consume(_kafka, topics[1], Partitions, records));
        await MeasureAsync(admin, "exactly-once loop, Confluent.Kafka", topics[2], () => ConfluentClients.Copy(_kafka, topics[0], topics[2], records));
        await MeasureAsync(admin, "exactly-once loop, batch calls", topics[3], () => BatchClients.Copy(_kafka, topics[1], topics[3], records));
        progress(string.Create(CultureInfo.InvariantCulture, $"Run {run + 1} of {runs} is done."));
        if (run + 1 < runs)
        {
            await admin.DeleteTopicsAsync(topics, cancellationToken);
        }
    }

    private async Task MeasureAsync(TopicAdmin admin, string name, string topic, Action workload)
    {
        long begin = Stopwatch.GetTimestamp();
        await Task.Factory.StartNew(workload, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        long arrived = await CountAsync(admin, topic);
        if (arrived < records)
        {
            throw new InvalidOperationException($"{name}: {topic} holds {arrived} of {records} records.");
        }

        _figures.Add(name, "records/s", records / seconds);
    }

    // Commit markers take offsets too, so a transactional topic holds a few more than its records.
    private static async Task<long> CountAsync(TopicAdmin admin, string topic) =>
        (await admin.OffsetsAsync([topic])).Sum(partition => partition.End - partition.Begin);

    private async Task MeasureProcessAsync(EmbeddedBrokerProcess embedded, CancellationToken cancellationToken)
    {
        (long now, long peak) = embedded.Process.Memory();
        _figures.Add("memory after the runs", "MiB", now / 1048576.0);
        _figures.Add("memory at most", "MiB", peak / 1048576.0);
        _figures.Add("processor time a record written or read", "us", embedded.Process.ProcessorTime().TotalMicroseconds / (8.0 * records * runs));
        _figures.Add("log in the data folder", "MiB", embedded.LogBytes() / 1048576.0);
        for (int start = 0; start < runs; start++)
        {
            await embedded.Process.StopAsync();
            _figures.Add("start to first connection, after a stop", "ms", (await embedded.Process.StartAsync(cancellationToken)).TotalMilliseconds);
            await embedded.Process.KillAsync();
            _figures.Add("start to first connection, after kill -9", "ms", (await embedded.Process.StartAsync(cancellationToken)).TotalMilliseconds);
        }
    }
}
