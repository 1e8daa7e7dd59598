using System.Diagnostics;
using System.Globalization;
using System.Text;
using AuditIntel.Benchmarks.Broker;
using AuditIntel.Kafka;
using AuditIntel.Streaming;

namespace AuditIntel.Benchmarks.Streaming;

/// <summary>
/// How long an instance with a large store takes from its start until it runs: with nothing but the changelog, and with a local copy that lacks the last
/// few records.
/// </summary>
internal sealed class RestoreBenchmark(KafkaOptions kafka, int keys, Action<string, string, double> add, Action<string> progress)
{
    private const int Partitions = 4;
    private const int Tail = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _name = $"bench-{Guid.NewGuid():N}-restore";
    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-bench-state-").FullName;

    public async Task RunAsync(int runs, CancellationToken cancellationToken)
    {
        try
        {
            using var admin = new TopicAdmin(kafka);
            await admin.EnsureTopicsAsync([new TopicSpec($"{_name}-in", Partitions), new TopicSpec($"{_name}-out", Partitions)], cancellationToken);
            Produce(0, keys);
            await using (KafkaStreams first = await StartAsync("kept"))
            {
                await UntilCommittedAsync(admin, first, keys);
            }

            for (int run = 0; run < runs; run++)
            {
                Produce(run * Tail, Tail);
                string fresh = string.Create(CultureInfo.InvariantCulture, $"fresh-{run}");
                add("restore of 1 store without local copy", "s", await MeasureAsync(fresh, async streams => await UntilCommittedAsync(admin, streams, keys + ((run + 1L) * Tail))));
                add("restart with local copy and a short tail", "s", await MeasureAsync("kept", _ => Task.CompletedTask));
            }
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<double> MeasureAsync(string state, Func<KafkaStreams, Task> afterwards)
    {
        long begin = Stopwatch.GetTimestamp();
        await using KafkaStreams streams = await StartAsync(state);
        while (streams.State != StreamsState.Running)
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                throw new TimeoutException($"The store was not restored within {Patience}.");
            }

            await Task.Delay(2);
        }

        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        await afterwards(streams);
        return seconds;
    }

    private async Task<KafkaStreams> StartAsync(string state)
    {
        var streams = new KafkaStreams(BenchmarkTopologies.Count($"{_name}-in", $"{_name}-out"), new StreamsOptions
        {
            ApplicationId = $"{_name}-app",
            Kafka = kafka,
            Guarantee = ProcessingGuarantee.ExactlyOnce,
            CommitInterval = ExactlyOnce.CommitInterval,
            StateDirectory = Path.Combine(_folder, state),
            OnRestore = Show,
        });
        await streams.StartAsync();
        return streams;
    }

    private void Show(RestoreProgress restored)
    {
        if (restored.EndOffset > restored.BeginOffset)
        {
            progress(string.Create(
                CultureInfo.InvariantCulture, $"restoring {restored.Store} of task {restored.Task}: {restored.Offset - restored.BeginOffset:N0} of {restored.EndOffset - restored.BeginOffset:N0}"));
        }
    }

    private async Task UntilCommittedAsync(TopicAdmin admin, KafkaStreams streams, long records)
    {
        PartitionId[] partitions = [.. Enumerable.Range(0, Partitions).Select(partition => new PartitionId($"{_name}-in", partition))];
        long begin = Stopwatch.GetTimestamp();
        while ((await admin.CommittedAsync($"{_name}-app", partitions)).Sum(offset => Math.Max(0, offset.Offset)) < records)
        {
            if (streams.Completion.IsCompleted || Stopwatch.GetElapsedTime(begin) > Patience)
            {
                await streams.Completion.WaitAsync(TimeSpan.FromSeconds(1));
            }

            await Task.Delay(20);
        }
    }

    private void Produce(int from, int count)
    {
        using BatchProducer producer = BatchProducer.Create(kafka);
        TopicHandle topic = producer.Topic($"{_name}-in");
        byte[] value = Payload.Of(Sample.Size);
        for (int i = from; i < from + count; i++)
        {
            producer.Produce(topic, BatchProducer.AnyPartition, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"key-{i:0000000}")), value);
        }

        producer.Flush(Patience);
    }
}
