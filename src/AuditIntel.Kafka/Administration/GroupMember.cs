namespace AuditIntel.Kafka;

/// <summary>A member of a consumer group as the coordinator knows it.</summary>
/// <param name="ClientId">Name that the member's client gives itself.</param>
/// <param name="Partitions">What it is assigned; empty while the group rebalances.</param>
public sealed record GroupMember(string ClientId, IReadOnlyList<PartitionId> Partitions);
