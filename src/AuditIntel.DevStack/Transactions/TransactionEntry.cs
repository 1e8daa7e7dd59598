using AuditIntel.DevStack.Groups;

namespace AuditIntel.DevStack.Transactions;

/// <summary>A transactional id. Its lock is held for every change, markers included, so one transaction ends before the next begins.</summary>
internal sealed class TransactionEntry
{
    public required string Id { get; init; }

    public Lock Gate { get; } = new();

    public long ProducerId { get; set; }

    public short Epoch { get; set; }

    /// <value>The epoch before the last change by the producer itself: its repeated request is recognised by it (KIP-360).</value>
    public short PreviousEpoch { get; set; } = -1;

    public int TimeoutMs { get; set; }

    public TransactionState State { get; set; }

    public HashSet<TopicPartition> Partitions { get; } = [];

    public long StartTimestamp { get; set; } = -1;

    public long LastUpdate { get; set; } = -1;

    public ITimer? Timer { get; set; }
}
