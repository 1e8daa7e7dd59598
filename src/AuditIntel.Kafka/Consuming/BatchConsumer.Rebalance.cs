using System.Globalization;
using System.Runtime.ExceptionServices;
using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <content>Configuration, rebalances and conversions.</content>
public sealed unsafe partial class BatchConsumer
{
    private static ConsumerConfig Configure(KafkaOptions kafka, BatchConsumerOptions options) => kafka.Apply(new ConsumerConfig
    {
        // librdkafka wants a group name even of consumers that never join one.
        GroupId = options.GroupId ?? "auditintel-unused",
        GroupInstanceId = options.GroupInstanceId,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        EnablePartitionEof = true,
        AutoOffsetReset = options.FromBeginning ? AutoOffsetReset.Earliest : AutoOffsetReset.Latest,
        IsolationLevel = options.ReadCommitted ? IsolationLevel.ReadCommitted : IsolationLevel.ReadUncommitted,
        PartitionAssignmentStrategy = options.Cooperative ? PartitionAssignmentStrategy.CooperativeSticky : PartitionAssignmentStrategy.Range,
        SessionTimeoutMs = (int)options.SessionTimeout.TotalMilliseconds,
        MaxPollIntervalMs = (int)options.MaxPollInterval.TotalMilliseconds,
        QueuedMinMessages = 1_000_000,
        QueuedMaxMessagesKbytes = options.PrefetchKilobytes,
        FetchWaitMaxMs = 100,
        FetchErrorBackoffMs = 50,
        SocketNagleDisable = true,
        AllowAutoCreateTopics = false,
    });

    private IEnumerable<TopicPartitionOffset> OnAssigned(List<TopicPartition> partitions)
    {
        _rebalanced = true;
        PartitionId[] ids = [.. partitions.Select(Convert)];
        foreach (PartitionId id in ids)
        {
            _assigned.Add(id);
        }

        IReadOnlyList<PartitionOffset>? positions = null;
        if (ids.Length > 0)
        {
            Guard(() => positions = _listener?.OnAssigned(ids));
        }

        Dictionary<PartitionId, long> starts = (positions ?? []).ToDictionary(position => position.Partition, position => position.Offset);
        return partitions.Select(partition => new TopicPartitionOffset(partition, starts.GetValueOrDefault(Convert(partition), PartitionOffset.None)));
    }

    private void OnRevoked(List<TopicPartitionOffset> partitions) => Drop(partitions, ids => _listener?.OnRevoked(ids));

    private void OnLost(List<TopicPartitionOffset> partitions) => Drop(partitions, ids => _listener?.OnLost(ids));

    private void Drop(List<TopicPartitionOffset> partitions, Action<PartitionId[]> tell)
    {
        _rebalanced = true;
        PartitionId[] ids = [.. partitions.Select(partition => Convert(partition.TopicPartition)).Where(_assigned.Contains)];
        if (ids.Length > 0)
        {
            Guard(() => tell(ids));
        }

        foreach (PartitionId id in ids)
        {
            _assigned.Remove(id);
            _ends.Remove(id);
        }

        _names.Forget();
    }

    /// <summary>A listener's exception must not unwind through native frames: it is thrown again when the poll returns.</summary>
    private void Guard(Action call)
    {
        try
        {
            call();
        }
        catch (Exception e)
        {
            _listenerError ??= ExceptionDispatchInfo.Capture(e);
        }
    }

    private void OnError(Error error)
    {
        if (error.IsFatal)
        {
            _fatal = error;
        }
        else
        {
            _onWarning?.Invoke(error.Reason);
        }
    }

    private void OnLog(LogMessage log)
    {
        if (log.Level <= SyslogLevel.Warning)
        {
            _onWarning?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{log.Facility}: {log.Message}"));
        }
    }

    private static PartitionId Convert(TopicPartition partition) => new(partition.Topic, partition.Partition.Value);

    private static TopicPartition Convert(PartitionId partition) => new(partition.Topic, partition.Partition);

    private static TopicPartitionOffset Convert(PartitionOffset position) => new(Convert(position.Partition), position.Offset);

    private static PartitionOffset Convert(TopicPartitionOffset position) => new(Convert(position.TopicPartition), position.Offset.Value);
}
