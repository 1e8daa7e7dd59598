using AuditIntel.Kafka;
using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Runtime;

/// <summary>One input partition of a task: where it goes, what waits, and how far it has come.</summary>
internal sealed class TaskInput(ISourceNode node, PartitionId partition)
{
    public ISourceNode Node { get; } = node;

    public PartitionId Partition { get; } = partition;

    public RawRecordQueue Queue { get; } = new();

    /// <summary>Offset behind the last record that was processed; <see cref="PartitionOffset.None"/> before the first.</summary>
    public long Position { get; set; } = PartitionOffset.None;

    /// <summary>End of the partition as the library last knew it from its fetches; -1 when unknown. For any thread, now and then.</summary>
    public long KnownEnd { get; set; } = -1;

    /// <summary>What the group has committed last, as far as this task knows.</summary>
    public long Committed { get; set; } = PartitionOffset.None;
}
