using System.Diagnostics;
using AuditIntel.DevStack;
using AuditIntel.Kafka;

namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>
/// All cases in one instance on a broker: the embedded one, or that of AUDITINTEL_BOOTSTRAP_SERVERS. The first steps of all cases are fed together, then,
/// when everything that follows from them is committed, the second ones, and so on, so that each case has its order whatever the timestamps say.
/// </summary>
public sealed class BrokerConformanceRun : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Records of the cases are of 1970: they are not to be deleted for that.</summary>
    private static readonly Dictionary<string, string> Kept = new() { ["retention.ms"] = "-1" };

    private readonly string _run = $"conformance-{Guid.NewGuid():N}"[..20];
    private readonly Dictionary<string, CaseTopology> _topologies = [];
    private readonly Dictionary<string, List<string>> _outputs = [];
    private EmbeddedBroker? _broker;
    private string? _folder;
    private KafkaOptions _kafka = null!;

    public static IReadOnlyList<ConformanceCase> Cases { get; } = [.. ConformanceSuite.Cases.Where(each => each.DriverOnly is null)];

    public IReadOnlyList<string> Output(string name) => _outputs[name];

    public async Task InitializeAsync()
    {
        _kafka = new KafkaOptions { BootstrapServers = await BootstrapAsync() };
        var builder = new StreamsBuilder();
        foreach ((ConformanceCase each, int number) in Cases.Select((each, number) => (each, number)))
        {
            var topology = new CaseTopology(builder, $"{_run}-{number:000}-");
            each.Build(topology);
            _topologies.Add(each.Name, topology);
            _outputs.Add(each.Name, []);
        }

        string[] topics = [.. _topologies.Values.SelectMany(t => t.Inputs.Append(CaseTopology.Output).Select(t.Topic))];
        using var admin = new TopicAdmin(_kafka);
        await admin.EnsureTopicsAsync([.. topics.Select(topic => new TopicSpec(topic, 1, Kept))]);
        try
        {
            await RunAsync(builder.Build(), admin);
            ReadOutputs();
        }
        finally
        {
            await DeleteTopicsAsync(admin);
        }
    }

    public async Task DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
            Directory.Delete(_folder!, recursive: true);
        }
    }

    private async Task<string> BootstrapAsync()
    {
        if (Environment.GetEnvironmentVariable("AUDITINTEL_BOOTSTRAP_SERVERS") is { Length: > 0 } given)
        {
            return given;
        }

        _folder = Directory.CreateTempSubdirectory("auditintel-conformance-").FullName;
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = _folder });
        return _broker.BootstrapServers;
    }

    private async Task RunAsync(Topology topology, TopicAdmin admin)
    {
        await using var streams = new KafkaStreams(topology, new StreamsOptions
        {
            ApplicationId = _run,
            Kafka = _kafka,
            CommitInterval = TimeSpan.FromMilliseconds(20),
            CacheMaxBytes = 0,
        });
        using BatchProducer producer = BatchProducer.Create(_kafka);
        foreach (ConformanceCase each in Cases)
        {
            foreach (CaseStep step in each.Input.Select(CaseStep.Parse).Where(step => step.Topic == CaseTopology.GlobalInput))
            {
                Produce(producer, each, step);
            }
        }

        producer.Flush(Patience);
        await streams.StartAsync();
        await UntilAsync(streams, () => Task.FromResult(streams.State == StreamsState.Running));
        string[] sources = [.. topology.SourceTopicsFor(_run)];
        int rounds = Cases.Max(each => each.Input.Count);
        for (int round = 0; round < rounds; round++)
        {
            foreach (ConformanceCase each in Cases.Where(each => each.Input.Count > round))
            {
                CaseStep step = CaseStep.Parse(each.Input[round]);
                if (step.Topic != CaseTopology.GlobalInput)
                {
                    Produce(producer, each, step);
                }
            }

            producer.Flush(Patience);
            await UntilAsync(streams, () => IsCommittedAsync(admin, sources));
        }
    }

    private void Produce(BatchProducer producer, ConformanceCase shown, CaseStep step) => producer.Produce(
        producer.Topic(_topologies[shown.Name].Topic(step.Topic)),
        0,
        step.Key is null ? default : step.Key.AsSpan(),
        step.Value is null ? default : step.Value.AsSpan(),
        step.Number);

    /// <summary>Offsets are committed after what follows from them is written: when all are, repartition topics included, nothing is under way.</summary>
    private async Task<bool> IsCommittedAsync(TopicAdmin admin, IReadOnlyList<string> sources)
    {
        PartitionId[] partitions = [.. sources.Select(topic => new PartitionId(topic, 0))];
        Dictionary<PartitionId, long> committed = (await admin.CommittedAsync(_run, partitions)).ToDictionary(each => each.Partition, each => each.Offset);
        return (await admin.OffsetsAsync(sources)).All(range => range.End == 0 || committed.GetValueOrDefault(range.Partition, -1) >= range.End);
    }

    private static async Task UntilAsync(KafkaStreams streams, Func<Task<bool>> condition)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (streams.Completion.IsCompleted)
            {
                await streams.Completion;
            }

            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, "The cases did not go on in time.");
            await Task.Delay(10);
        }
    }

    private void ReadOutputs()
    {
        using BatchConsumer consumer = BatchConsumer.Create(_kafka, new BatchConsumerOptions());
        Dictionary<string, string> names = _topologies.ToDictionary(pair => pair.Value.Topic(CaseTopology.Output), pair => pair.Key);
        PartitionId[] partitions = [.. names.Keys.Select(topic => new PartitionId(topic, 0))];
        consumer.Assign([.. partitions.Select(partition => new PartitionOffset(partition, PartitionOffset.Beginning))]);
        long begin = Stopwatch.GetTimestamp();
        while (!partitions.All(consumer.IsAtEnd))
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, "The output was not read in time.");
            RecordBatch batch = consumer.Poll(TimeSpan.FromMilliseconds(100));
            for (int i = 0; i < batch.Count; i++)
            {
                ConsumedRecord record = batch[i];
                string name = names[record.Topic];
                _outputs[name].Add(_topologies[name].Render(
                    record.IsKeyNull ? null : record.Key.ToArray(), record.IsValueNull ? null : record.Value.ToArray(), record.TimestampMs));
            }
        }
    }

    private async Task DeleteTopicsAsync(TopicAdmin admin)
    {
        if (_broker is null)
        {
            string[] own = [.. (await admin.ListTopicsAsync()).Select(topic => topic.Name).Where(name => name.StartsWith(_run, StringComparison.Ordinal))];
            await admin.DeleteTopicsAsync(own);
        }
    }
}
