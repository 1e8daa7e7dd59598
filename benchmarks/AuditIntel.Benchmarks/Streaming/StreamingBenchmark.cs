using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AuditIntel.Benchmarks.Broker;
using AuditIntel.Benchmarks.Brokers;
using AuditIntel.Benchmarks.Reporting;
using AuditIntel.Kafka;
using AuditIntel.Streaming;

namespace AuditIntel.Benchmarks.Streaming;

/// <summary>
/// Topologies beside a bare Confluent.Kafka loop over the same records, in turns, so that both see the same machine. A run ends when the group has
/// committed every record of the input.
/// </summary>
internal sealed class StreamingBenchmark(IBenchmarkBroker broker, int records, int runs, Action<string> progress)
{
    private const int Partitions = 4;
    private const int Keys = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly FigureList _figures = new();
    private readonly KafkaOptions _kafka = new() { BootstrapServers = broker.BootstrapServers, ClientId = "auditintel-bench" };
    private readonly string _prefix = $"bench-{Guid.NewGuid():N}";

    public async Task<BenchmarkReport> RunAsync(CancellationToken cancellationToken)
    {
        using var admin = new TopicAdmin(_kafka);
        string input = $"{_prefix}-in";
        await CreateAsync(admin, input, cancellationToken);
        Produce(input);
        for (int run = 0; run < runs; run++)
        {
            await RunOnceAsync(admin, input, run, cancellationToken);
            progress(string.Create(CultureInfo.InvariantCulture, $"Run {run + 1} of {runs} is done."));
        }

        await new RestoreBenchmark(_kafka, records, _figures, progress).RunAsync(runs, cancellationToken);
        return new BenchmarkReport(
            "streaming",
            broker.Description,
            new Dictionary<string, string>
            {
                ["records"] = records.ToString("N0", CultureInfo.InvariantCulture),
                ["bytes a record"] = Sample.Size.ToString(CultureInfo.InvariantCulture),
                ["keys"] = Keys.ToString("N0", CultureInfo.InvariantCulture),
                ["partitions"] = Partitions.ToString(CultureInfo.InvariantCulture),
                ["commit interval"] = $"{ExactlyOnce.CommitInterval.TotalMilliseconds:0} ms",
            },
            [.. _figures.Measurements, .. Ratios()]);
    }

    private async Task RunOnceAsync(TopicAdmin admin, string input, int run, CancellationToken cancellationToken)
    {
        foreach (bool exactlyOnce in (bool[])[false, true])
        {
            string guarantee = exactlyOnce ? "exactly-once" : "at-least-once";
            await MeasureAsync(admin, $"bare loop, {guarantee}", run, topic =>
            {
                ConfluentClients.Copy(_kafka, input, topic, records, exactlyOnce);
                return Task.CompletedTask;
            });
            foreach (int threads in (int[])[1, 2])
            {
                string suffix = $"{guarantee}, {threads} thread{(threads == 1 ? "" : "s")}";
                await MeasureAsync(admin, $"map, {suffix}", run, topic => StreamAsync(admin, BenchmarkTopologies.Map(input, topic), input, topic, exactlyOnce, threads));
                await MeasureAsync(admin, $"count, {suffix}", run, topic => StreamAsync(admin, BenchmarkTopologies.Count(input, topic), input, topic, exactlyOnce, threads));
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task MeasureAsync(TopicAdmin admin, string name, int run, Func<string, Task> workload)
    {
        string topic = string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-')}-{run}");
        await CreateAsync(admin, topic, CancellationToken.None);
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan processor = ProcessorTime();
        long begin = Stopwatch.GetTimestamp();
        await Task.Run(() => workload(topic));
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        _figures.Add(name, "records/s", records / seconds);
        _figures.Add($"{name}: processor time a record", "us", (ProcessorTime() - processor).TotalMicroseconds / records);
        _figures.Add($"{name}: allocated a record", "B", (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / records);
        await admin.DeleteTopicsAsync([topic]);
    }

    private async Task StreamAsync(TopicAdmin admin, Topology topology, string input, string topic, bool exactlyOnce, int threads)
    {
        await using var streams = new KafkaStreams(topology, new StreamsOptions
        {
            ApplicationId = $"{topic}-app",
            Kafka = _kafka,
            Guarantee = exactlyOnce ? ProcessingGuarantee.ExactlyOnce : ProcessingGuarantee.AtLeastOnce,
            CommitInterval = ExactlyOnce.CommitInterval,
            StreamThreads = threads,
        });
        await streams.StartAsync();
        await CommittedInput.UntilAsync(admin, streams, $"{topic}-app", input, Partitions, records);
    }

    private IEnumerable<Measurement> Ratios()
    {
        foreach (string guarantee in (string[])["at-least-once", "exactly-once"])
        {
            IReadOnlyList<double> bare = _figures.RunsOf($"bare loop, {guarantee}", "records/s");
            foreach (string topology in (string[])["map", "count"])
            {
                IReadOnlyList<double> own = _figures.RunsOf($"{topology}, {guarantee}, 1 thread", "records/s");
                yield return new Measurement($"{topology}, {guarantee}, 1 thread, against the bare loop", "times", [.. own.Zip(bare, (each, loop) => each / loop)]);
            }
        }
    }

    private Task CreateAsync(TopicAdmin admin, string topic, CancellationToken cancellationToken) =>
        admin.EnsureTopicsAsync([new TopicSpec(topic, Partitions, new Dictionary<string, string> { ["retention.ms"] = "-1" })], cancellationToken);

    private void Produce(string topic)
    {
        using BatchProducer producer = BatchProducer.Create(_kafka);
        TopicHandle handle = producer.Topic(topic);
        byte[][] keys = [.. Enumerable.Range(0, Keys).Select(key => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"k{key}")))];
        byte[] value = Payload.Of(Sample.Size);
        for (int i = 0; i < records; i++)
        {
            long number = i;
            MemoryMarshal.Write(value, in number);
            producer.Produce(handle, BatchProducer.AnyPartition, keys[i % Keys], value);
        }

        producer.Flush(Patience);
    }

    private static TimeSpan ProcessorTime()
    {
        using Process self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
