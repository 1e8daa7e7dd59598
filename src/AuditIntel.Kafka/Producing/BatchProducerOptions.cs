namespace AuditIntel.Kafka;

/// <summary>Settings of a <see cref="BatchProducer"/>.</summary>
public sealed record BatchProducerOptions
{
    /// <summary>Name that fences earlier producers of the same name; null for a producer without transactions.</summary>
    public string? TransactionalId { get; init; }

    /// <summary>Longest life of an open transaction before the broker aborts it.</summary>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a batch may wait for more records.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Most memory that records wait in before <see cref="BatchProducer.Produce"/> blocks, in KiB.</summary>
    public int BufferKilobytes { get; init; } = 64 * 1024;

    /// <summary>none, gzip, snappy, lz4 or zstd.</summary>
    public string Compression { get; init; } = "none";

    /// <summary>Largest record, in bytes.</summary>
    public int MaxRecordBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long a record may wait for its acknowledgement, and a full buffer for room.</summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Keep the highest acknowledged offset of each partition: <see cref="BatchProducer.AcknowledgedOffset"/>.</summary>
    public bool TrackOffsets { get; init; }
}
