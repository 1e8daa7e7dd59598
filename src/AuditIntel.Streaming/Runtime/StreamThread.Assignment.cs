using AuditIntel.Kafka;
using AuditIntel.Streaming.Graph;

namespace AuditIntel.Streaming.Runtime;

/// <content>Partitions come and go; output goes to the producer.</content>
internal sealed partial class StreamThread : IPartitionListener, IRecordCollector
{
    public IReadOnlyList<PartitionOffset> OnAssigned(IReadOnlyList<PartitionId> partitions)
    {
        _assignedOnce = true;
        HashSet<PartitionId> assigned = [.. partitions];
        foreach (SubTopology part in _topology.Parts)
        {
            foreach (int number in partitions.Where(id => part.Sources.Any(source => source.Topic == id.Topic)).Select(id => id.Partition).Distinct())
            {
                if (part.Sources.All(source => assigned.Contains(new PartitionId(source.Topic, number))))
                {
                    Open(new TaskId(part.Number, number), part);
                }
                else
                {
                    Warn($"{Name}: partition {number} of a joined topic came without its partner; it waits for the next rebalance.");
                }
            }
        }

        return [];
    }

    public void OnRevoked(IReadOnlyList<PartitionId> partitions)
    {
        Commit();
        Close(partitions);
    }

    public void OnLost(IReadOnlyList<PartitionId> partitions) => Close(partitions);

    public void Send(
        string topic,
        int partition,
        bool keyIsNull,
        ReadOnlySpan<byte> key,
        bool valueIsNull,
        ReadOnlySpan<byte> value,
        long timestampMs,
        IReadOnlyList<RecordHeader> headers) =>
        _producer.Produce(_producer.Topic(topic), partition, keyIsNull ? default : key, valueIsNull ? default : value, timestampMs, headers, _stop.Token);

    private void Open(TaskId id, SubTopology part)
    {
        var task = new StreamTask(id, part, _options.ApplicationId, this, _cache, _options.OnError);
        foreach (PartitionId partition in task.Partitions)
        {
            _byPartition[partition] = task;
        }

        if (part.Stores.Count == 0)
        {
            _running.Add(task);
        }
        else
        {
            _restorer.Begin(task, part);
        }
    }

    /// <summary>Goes on restoring for a moment; tasks that are done begin to run.</summary>
    private void Restore()
    {
        foreach (StreamTask task in _restorer.Starting())
        {
            _paused.UnionWith(task.Partitions);
            _consumer.Pause(task.Partitions);
            _restorer.Plan(task, _consumer);
        }

        foreach (StreamTask task in _restorer.Advance())
        {
            _running.Add(task);
            _paused.ExceptWith(task.Partitions);
            _consumer.Resume(task.Partitions);
        }
    }

    private void Close(IReadOnlyList<PartitionId> partitions)
    {
        foreach (PartitionId partition in partitions)
        {
            _paused.Remove(partition);
            if (_byPartition.Remove(partition, out StreamTask? task) && !_byPartition.ContainsValue(task))
            {
                _running.Remove(task);
                _restorer.Forget(task);
                task.Close();
            }
        }
    }
}
