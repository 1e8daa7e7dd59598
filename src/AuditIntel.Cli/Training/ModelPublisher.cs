using System.Buffers;
using System.Text;
using AuditIntel.Avro;
using AuditIntel.Cli.Configuration;
using AuditIntel.Cli.Display;
using AuditIntel.Cli.Pipeline;
using AuditIntel.Contracts;
using AuditIntel.Kafka;

namespace AuditIntel.Cli.Training;

/// <summary>The topic of models, from which every scoring task takes up what is new.</summary>
internal static class ModelPublisher
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Whether a model of the role lies on the topic.</summary>
    public static async Task<bool> HasAsync(Stack stack, string modelId, CancellationToken cancellationToken)
    {
        bool found = false;
        byte[] wanted = Encoding.UTF8.GetBytes(modelId);
        await NewestRecords.ReadAsync(
            stack.Kafka,
            Topics.Models.Name,
            from: null,
            record => found = record.Key.SequenceEqual(wanted) ? !record.IsValueNull : found,
            onWarning: null,
            cancellationToken);
        return found;
    }

    /// <summary>Starts the stack's Kafka where it does not run, and publishes.</summary>
    public static async Task PublishAsync(StackSettings settings, ModelArtifact model, ConsoleReport report, CancellationToken cancellationToken)
    {
        await using Stack stack = await Stack.StartAsync(settings.KafkaOnly(), report, cancellationToken);
        Action<string> warn = warning => report.Warn("publisher: " + warning);
        await ProductTopics.EnsureAsync(stack.Kafka, warn, cancellationToken);
        using var registry = new SchemaRegistryClient(stack.SchemaRegistry);
        await PublishAsync(stack.Kafka, registry, model, warn, cancellationToken);
        report.Say($"Published as version {model.Version} of '{model.Id}'.");
    }

    /// <summary>Returns when the broker has it.</summary>
    public static async Task PublishAsync(
        KafkaOptions kafka, SchemaRegistryClient registry, ModelArtifact model, Action<string>? onWarning, CancellationToken cancellationToken)
    {
        ConfluentAvroSerializer<ModelArtifact> serializer = await ConfluentAvroSerializer<ModelArtifact>.CreateAsync(registry, Topics.Models.Subject, cancellationToken);
        var value = new ArrayBufferWriter<byte>();
        serializer.Serialize(model, value);
        using BatchProducer producer = BatchProducer.Create(kafka, new BatchProducerOptions(), onWarning);
        producer.Produce(
            producer.Topic(Topics.Models.Name),
            BatchProducer.AnyPartition,
            Encoding.UTF8.GetBytes(model.Id),
            value.WrittenSpan,
            model.CreatedAt.ToUnixTimeMilliseconds(),
            [],
            cancellationToken);
        await Task.Run(() => producer.Flush(FlushTimeout, cancellationToken), cancellationToken);
    }
}
