using AuditIntel.Contracts;
using AuditIntel.Kafka;

namespace AuditIntel.Cli.Pipeline;

/// <summary>The topics of the catalogue on a cluster.</summary>
internal static class ProductTopics
{
    /// <summary>Creates those that are missing.</summary>
    public static async Task EnsureAsync(KafkaOptions kafka, Action<string>? onWarning, CancellationToken cancellationToken)
    {
        using var admin = new TopicAdmin(kafka, onWarning);
        await admin.EnsureTopicsAsync([.. Topics.All.Select(topic => new TopicSpec(topic.Name, topic.Partitions, topic.Config))], cancellationToken);
    }
}
