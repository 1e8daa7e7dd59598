namespace AuditIntel.Kafka;

/// <summary>A partition of a topic.</summary>
public readonly record struct PartitionId(string Topic, int Partition)
{
    public override string ToString() => $"{Topic}[{Partition}]";
}
