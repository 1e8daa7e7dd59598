namespace AuditIntel.DevStack.Log;

/// <summary>One producer as a partition knows it.</summary>
internal sealed class ProducerState
{
    public required long ProducerId { get; init; }

    public short Epoch { get; set; }

    public long LastTimestamp { get; set; } = -1;

    /// <value>When the broker last took a batch of it, whatever time its records carry.</value>
    public DateTimeOffset LastSeen { get; set; }

    public long? OpenTransactionOffset { get; set; }

    public List<AppendedBatch> Batches { get; } = new(ProducerStates.RememberedBatches);

    public int LastSequence => Batches.Count == 0 ? -1 : Batches[^1].LastSequence;
}

/// <summary>A batch of an idempotent producer that is in the log.</summary>
internal readonly record struct AppendedBatch(int FirstSequence, int LastSequence, long BaseOffset, long Timestamp);

/// <summary>A transaction whose records read_committed readers leave out.</summary>
internal readonly record struct AbortedTransaction(long ProducerId, long FirstOffset, long LastOffset, long LastStableOffset);
