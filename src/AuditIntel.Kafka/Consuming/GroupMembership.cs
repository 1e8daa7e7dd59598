using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <summary>A consumer's place in its group, which a transactional producer sends along to fence zombies (KIP-447).</summary>
public sealed class GroupMembership
{
    internal GroupMembership(IConsumerGroupMetadata metadata) => Metadata = metadata;

    internal IConsumerGroupMetadata Metadata { get; }
}
