using System.Globalization;

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

    /// <summary>How long disposing may wait for records still under way.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (TransactionalId is not null && string.IsNullOrWhiteSpace(TransactionalId))
        {
            yield return "TransactionalId is blank; leave it null for a producer without transactions.";
        }

        if (TransactionTimeout < TimeSpan.FromSeconds(1) || TransactionTimeout > TimeSpan.FromDays(20))
        {
            yield return "TransactionTimeout is not within 1 second to 20 days.";
        }

        if (Linger < TimeSpan.Zero || Linger > TimeSpan.FromMinutes(15))
        {
            yield return "Linger is not within 0 to 15 minutes.";
        }

        if (DeliveryTimeout <= Linger || DeliveryTimeout > TimeSpan.FromDays(20))
        {
            yield return "DeliveryTimeout is not above Linger and at most 20 days.";
        }

        if (CloseTimeout < TimeSpan.Zero || CloseTimeout > TimeSpan.FromHours(1))
        {
            yield return "CloseTimeout is not within 0 to 1 hour.";
        }

        if (BufferKilobytes is < 1 or > 2_097_151)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"BufferKilobytes {BufferKilobytes} is not within 1 to 2097151.");
        }

        if (MaxRecordBytes is < 1000 or > 1_000_000_000)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"MaxRecordBytes {MaxRecordBytes} is not within 1000 to 1000000000.");
        }

        if (Compression is not ("none" or "gzip" or "snappy" or "lz4" or "zstd"))
        {
            yield return $"Compression '{Compression}' is not none, gzip, snappy, lz4 or zstd.";
        }
    }
}
