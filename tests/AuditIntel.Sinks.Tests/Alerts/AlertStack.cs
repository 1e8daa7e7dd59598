using System.Buffers;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Sinks.Alerts;
using AuditIntel.Sinks.Alerts.Channels;
using AuditIntel.Sinks.Tests.Stack;

namespace AuditIntel.Sinks.Tests.Alerts;

/// <summary>A broker with the topics of alerts.</summary>
internal sealed class AlertStack : IAsyncDisposable
{
    private readonly TestBroker _broker;
    private readonly SchemaRegistryClient _registry;
    private readonly ConfluentAvroSerializer<Alert> _serializer;

    private AlertStack(TestBroker broker, SchemaRegistryClient registry, ConfluentAvroSerializer<Alert> serializer) =>
        (_broker, _registry, _serializer) = (broker, registry, serializer);

    public static async Task<AlertStack> StartAsync()
    {
        TestBroker broker = await TestBroker.StartAsync();
        using (var admin = new TopicAdmin(new KafkaOptions { BootstrapServers = broker.BootstrapServers }))
        {
            await admin.EnsureTopicsAsync([new TopicSpec(Topics.Alerts.Name, TestBroker.Partitions), new TopicSpec(Topics.AlertDeadLetters.Name, TestBroker.Partitions)]);
        }

        var registry = new SchemaRegistryClient(broker.Registry);
        return new AlertStack(broker, registry, await ConfluentAvroSerializer<Alert>.CreateAsync(registry, Topics.Alerts.Subject, CancellationToken.None));
    }

    public static Alert Alert(string name, params string[] channels) => new()
    {
        Id = Sample.Hash(name),
        RuleId = "severe",
        Severity = AnomalySeverity.Critical,
        Title = "Title of " + name,
        Summary = "What happened.",
        DeduplicationKey = "1/0xabc",
        ChainId = 1,
        Address = "0xabc",
        TransactionHash = "0x" + Sample.Hash(name),
        BlockNumber = 17,
        Value = System.Numerics.BigInteger.Pow(10, 20),
        Score = 0.97,
        Confidence = 0.8,
        Reasons = [new AnomalyReason { Feature = "value", Value = 100, UsualHigh = double.PositiveInfinity, Contribution = 0.5 }],
        Labels = ["to:phishing"],
        Channels = channels.Length == 0 ? ["c"] : channels,
        OccurredAt = Sample.Day,
        CollectedAt = Sample.Day,
        CreatedAt = Sample.Day.AddSeconds(1),
    };

    /// <summary>Channels as a file would name them.</summary>
    public static AlertChannelSet Channels(string yaml, params (string Name, string Value)[] environment) =>
        AlertChannelSet.Read(ConfigurationFile.Parse(yaml, "alerts.yaml"), name => environment.FirstOrDefault(each => each.Name == name).Value);

    /// <summary>The one channel of a file, to be used by hand.</summary>
    public static IAlertChannel Channel(string fields, params (string Name, string Value)[] environment) =>
        Channels($"channels:\n  c: {{ {fields} }}\n", environment).Channels[0].Open(TimeProvider.System, TextWriter.Null);

    public AlertDispatcherOptions Options(AlertChannelSet channels) => new()
    {
        Kafka = new KafkaOptions { BootstrapServers = _broker.BootstrapServers },
        SchemaRegistry = _broker.Registry,
        Channels = channels,
        CommitInterval = TimeSpan.FromMilliseconds(20),
        StopTimeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>A dispatcher that runs. Breakers and pauses are those of the file.</summary>
    public AlertDispatcher Run(string yaml, params (string Name, string Value)[] environment)
    {
        var dispatcher = new AlertDispatcher(Options(Channels(yaml, environment)));
        _ = dispatcher.RunAsync(CancellationToken.None);
        return dispatcher;
    }

    public byte[] Bytes(Alert alert)
    {
        var output = new ArrayBufferWriter<byte>();
        _serializer.Serialize(alert, output);
        return output.WrittenSpan.ToArray();
    }

    public void Send(params Alert[] alerts)
    {
        foreach (Alert alert in alerts)
        {
            SendBytes(Bytes(alert));
        }
    }

    public void SendBytes(byte[]? value) => _broker.SendBytes(Topics.Alerts.Name, "1/0xabc", value);

    /// <summary>Waits for as many dead letters, and gives them.</summary>
    public async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(int count)
    {
        var deserializer = new ConfluentAvroDeserializer<DeadLetter>(_registry);
        var letters = new List<DeadLetter>();
        using BatchConsumer consumer = BatchConsumer.Create(new KafkaOptions { BootstrapServers = _broker.BootstrapServers }, new BatchConsumerOptions());
        consumer.Assign([.. Enumerable.Range(0, TestBroker.Partitions).Select(partition => new PartitionOffset(new PartitionId(Topics.AlertDeadLetters.Name, partition), 0))]);
        await Wait.UntilAsync(
            () =>
            {
                RecordBatch batch = consumer.Poll(TimeSpan.FromMilliseconds(50));
                for (int i = 0; i < batch.Count; i++)
                {
                    letters.Add(deserializer.Deserialize(batch[i].Value));
                }

                return Task.FromResult(letters.Count >= count);
            },
            otherwise: () => $"{letters.Count} of {count} dead letters: {string.Join("; ", letters.Select(letter => letter.ErrorMessage))}");
        return letters;
    }

    public static Task UntilIdleAsync(AlertDispatcher dispatcher, long read) => Wait.UntilAsync(
        () => Task.FromResult(dispatcher.IsIdle && dispatcher.Counters.Read >= read),
        otherwise: () => $"read {dispatcher.Counters.Read}, delivered {dispatcher.Counters.DeliveredCount}, set aside {dispatcher.Counters.DeadLetters}");

    public async ValueTask DisposeAsync()
    {
        _registry.Dispose();
        await _broker.DisposeAsync();
    }
}
