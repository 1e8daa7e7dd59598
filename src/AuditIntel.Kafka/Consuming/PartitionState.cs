namespace AuditIntel.Kafka;

/// <summary>What a consumer knows of a partition that it has. Owned by the polling thread.</summary>
internal sealed class PartitionState(PartitionId id, long start)
{
    public PartitionId Id { get; } = id;

    /// <summary>Number of the poll during which the partition came.</summary>
    public long AssignedInPoll { get; init; }

    /// <summary>Where reading began when somebody said so; <see cref="PartitionOffset.None"/> for the group's committed offset.</summary>
    public long Start { get; set; } = start;

    /// <summary>Offset behind the last record handed out, or behind the markers at the end; <see cref="PartitionOffset.None"/> before the first.</summary>
    public long Position { get; set; } = start >= 0 ? start : PartitionOffset.None;

    /// <summary>End of the partition when all was handed out; otherwise <see cref="PartitionOffset.None"/>.</summary>
    public long End { get; set; } = PartitionOffset.None;

    /// <summary>A seek that the library could not take yet, because fetching had not begun; <see cref="PartitionOffset.None"/> for none.</summary>
    public long PendingSeek { get; set; } = PartitionOffset.None;

    /// <summary>True from the pause to the resume: what still comes is dropped, and read again after the resume.</summary>
    public bool IsPaused { get; set; }
}
