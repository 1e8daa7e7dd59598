using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <content>
/// Partitions beside those that the group gives: for readers that need partitions of several topics together, of which the group shares out only one
/// topic's. Not to be called by listeners.
/// </content>
public sealed unsafe partial class BatchConsumer
{
    /// <summary>
    /// Takes further partitions, from these offsets; <see cref="PartitionOffset.None"/> is the group's committed offset. Only with
    /// <see cref="BatchConsumerOptions.Cooperative"/>, or without a group. They stay until <see cref="Remove"/>, whatever the group does.
    /// </summary>
    /// <exception cref="KafkaFailureException">The library refuses.</exception>
    public void Add(IReadOnlyList<PartitionOffset> partitions)
    {
        ThrowIfClosed();
        AwaitStopped([.. partitions.Select(partition => partition.Partition)]);
        foreach (PartitionOffset partition in partitions)
        {
            PartitionId id = Interned(partition.Partition);
            _partitions[id] = new PartitionState(id, partition.Offset);
        }

        ForgetNative();
        Incrementally("taken", () => _consumer.IncrementalAssign(partitions.Select(Convert)));
    }

    /// <summary>Gives partitions back that <see cref="Add"/> has taken.</summary>
    /// <exception cref="KafkaFailureException">The library refuses.</exception>
    public void Remove(IReadOnlyList<PartitionId> partitions)
    {
        ThrowIfClosed();
        foreach (PartitionId partition in partitions)
        {
            _partitions.Remove(partition);
            _removedAt[partition] = Environment.TickCount64;
        }

        ForgetNative();
        Incrementally("given back", () => _consumer.IncrementalUnassign(partitions.Select(Convert)));
    }

    /// <summary>
    /// Takes exactly these partitions, for a consumer without a group: those that it has go on where they stand, new ones begin at these offsets, the others are
    /// given back. Unlike <see cref="Assign"/> it leaves alone what stays.
    /// </summary>
    /// <exception cref="KafkaFailureException">The library refuses.</exception>
    public void Adjust(IReadOnlyList<PartitionOffset> partitions)
    {
        HashSet<PartitionId> wanted = [.. partitions.Select(partition => partition.Partition)];
        PartitionId[] leaving = [.. _partitions.Keys.Where(partition => !wanted.Contains(partition))];
        if (leaving.Length > 0)
        {
            Remove(leaving);
        }

        PartitionOffset[] joining = [.. partitions.Where(partition => !_partitions.ContainsKey(partition.Partition))];
        if (joining.Length > 0)
        {
            Add(joining);
        }
    }

    private static void Incrementally(string what, Action call)
    {
        try
        {
            call();
        }
        catch (KafkaException e)
        {
            throw new KafkaFailureException($"Partitions could not be {what}: {e.Error.Reason}", e);
        }
    }
}
