using System.Globalization;
using System.Runtime.ExceptionServices;
using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <content>Configuration, rebalances and conversions.</content>
public sealed unsafe partial class BatchConsumer
{
    private const int SeekTimeoutMilliseconds = 1000;
    private const int StopMilliseconds = 500;

    private readonly Dictionary<PartitionId, long> _removedAt = [];

    private long _warnings;
    private bool _isAssigning;

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

        // Questions of offsets have no other end when the broker is gone: the library's own timeout of the call covers only their first half.
        SocketTimeoutMs = (int)options.RequestTimeout.TotalMilliseconds,
        SocketNagleDisable = true,
        AllowAutoCreateTopics = false,
    });

    private TopicPartitionOffset[] OnAssigned(List<TopicPartition> partitions)
    {
        PartitionId[] ids = [.. partitions.Select(partition => Interned(Convert(partition)))];
        AwaitStopped(ids);
        ForgetNative();
        foreach (PartitionId id in ids)
        {
            _partitions[id] = new PartitionState(id, PartitionOffset.None) { AssignedInPoll = _pollNumber };
        }

        if (ids.Length > 0)
        {
            _isAssigning = true;
            Guard(() => Place(_listener?.OnAssigned(ids) ?? []));
            _isAssigning = false;
        }

        Wakeup();

        return [.. partitions.Select(partition => new TopicPartitionOffset(partition, Begin(_partitions[Convert(partition)])))];
    }

    private void Place(IReadOnlyList<PartitionOffset> positions)
    {
        foreach (PartitionOffset position in positions)
        {
            if (position.Offset != PartitionOffset.None)
            {
                Seek(position);
            }
        }
    }

    /// <summary>Where a new partition starts: as the listener said, which needs no seek as nothing was fetched yet.</summary>
    private static long Begin(PartitionState state)
    {
        state.PendingSeek = PartitionOffset.None;
        return state.Start;
    }

    private void OnRevoked(List<TopicPartitionOffset> partitions) => Drop(partitions, ids => _listener?.OnRevoked(ids));

    private void OnLost(List<TopicPartitionOffset> partitions) => Drop(partitions, ids => _listener?.OnLost(ids));

    private void Drop(List<TopicPartitionOffset> partitions, Action<PartitionId[]> tell)
    {
        PartitionId[] ids = [.. partitions.Select(partition => Convert(partition.TopicPartition)).Where(_partitions.ContainsKey).Select(Interned)];
        if (ids.Length > 0)
        {
            Guard(() => tell(ids));
        }

        // What this call has taken from the queue so far belongs to the assignment that ends here, even where the partition comes back
        // within the same call.
        foreach (nint message in _incoming)
        {
            if (message != 0)
            {
                _outdated.Add(message);
            }
        }

        foreach (PartitionId id in ids)
        {
            _partitions.Remove(id);
            _removedAt[id] = Environment.TickCount64;
        }

        ForgetNative();
        Wakeup();
    }

    /// <summary>
    /// Waits until fetchers that were just stopped are. The library aborts the process when a partition goes, comes and goes again before that
    /// (confluentinc/librdkafka issue 5573), which quick rebalances on a busy machine do.
    /// </summary>
    private void AwaitStopped(IReadOnlyList<PartitionId> partitions)
    {
        long until = 0;
        foreach (PartitionId partition in partitions)
        {
            if (_removedAt.Remove(partition, out long at))
            {
                until = Math.Max(until, at + StopMilliseconds);
            }
        }

        long left = until - Environment.TickCount64;
        if (left > 0)
        {
            Thread.Sleep((int)left);
        }
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
            Warn(error.Reason);
        }
    }

    private void OnLog(LogMessage log)
    {
        if (KafkaOptions.IsWorthAWarning(log))
        {
            Warn(string.Create(CultureInfo.InvariantCulture, $"{log.Facility}: {log.Message}"));
        }
    }

    private void Warn(string message)
    {
        Interlocked.Increment(ref _warnings);
        _onWarning?.Invoke(message);
    }

    /// <summary>One string object for each topic name, whichever call it came from.</summary>
    private static PartitionId Interned(PartitionId partition) => partition with { Topic = string.Intern(partition.Topic) };

    private static PartitionId Convert(TopicPartition partition) => new(partition.Topic, partition.Partition.Value);

    private static TopicPartition Convert(PartitionId partition) => new(partition.Topic, partition.Partition);

    private static TopicPartitionOffset Convert(PartitionOffset position) => new(Convert(position.Partition), position.Offset);

    private static PartitionOffset Convert(TopicPartitionOffset position) => new(Convert(position.TopicPartition), position.Offset.Value);
}
