namespace AuditIntel.Kafka;

/// <summary>Hears of rebalances, on the thread that polls and within that call. What it throws comes out of the poll.</summary>
public interface IPartitionListener
{
    /// <summary>Partitions are given to this consumer, in addition to those it has.</summary>
    /// <returns>Where to start each; an offset of <see cref="PartitionOffset.None"/> means the group's committed one.</returns>
    IReadOnlyList<PartitionOffset> OnAssigned(IReadOnlyList<PartitionId> partitions);

    /// <summary>Partitions are about to be taken; committing is still allowed.</summary>
    void OnRevoked(IReadOnlyList<PartitionId> partitions);

    /// <summary>Partitions are gone already, and somebody else may own them: nothing may be committed.</summary>
    void OnLost(IReadOnlyList<PartitionId> partitions);
}
