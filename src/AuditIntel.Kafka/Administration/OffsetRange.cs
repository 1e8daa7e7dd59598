namespace AuditIntel.Kafka;

/// <summary>What a partition holds: from its first offset to the one behind its last.</summary>
public readonly record struct OffsetRange(PartitionId Partition, long Begin, long End);
