namespace AuditIntel.Kafka;

/// <summary>An offset in a partition: of the next record to be read, where not said otherwise.</summary>
public readonly record struct PartitionOffset(PartitionId Partition, long Offset)
{
    /// <summary>Stands for the first record that the partition still has.</summary>
    public const long Beginning = -2;

    /// <summary>Stands for the end of the partition.</summary>
    public const long End = -1;

    /// <summary>Stands for "none known".</summary>
    public const long None = -1001;
}
