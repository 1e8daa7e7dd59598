using System.Diagnostics;
using System.Globalization;
using System.Text;
using AuditIntel.Benchmarks.Broker;
using AuditIntel.Benchmarks.Reporting;
using AuditIntel.Kafka;
using AuditIntel.Streaming;

namespace AuditIntel.Benchmarks.Streaming;

/// <summary>
/// How long an instance with a large store takes from its start until it runs: with nothing but the changelog, and with a local copy that lacks the last
/// few records.
/// </summary>
internal sealed class RestoreBenchmark(KafkaOptions kafka, int keys, FigureList figures, Action<string> progress)
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
                figures.Add("restore of 1 store without local copy", "s", await MeasureAsync(fresh, async streams => await UntilCommittedAsync(admin, streams, keys + ((run + 1L) * Tail))));
                figures.Add("restart with local copy and a short tail", "s", await MeasureAsync("kept", _ => Task.CompletedTask));
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

    private Task UntilCommittedAsync(TopicAdmin admin, KafkaStreams streams, long records) =>
        CommittedInput.UntilAsync(admin, streams, $"{_name}-app", $"{_name}-in", Partitions, records);

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
