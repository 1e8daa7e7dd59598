using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Groups;

/// <summary>Committed offsets, and those that wait for the end of a transaction (KIP-98, KIP-447).</summary>
internal sealed partial class Group
{
    private readonly Dictionary<TopicPartition, CommittedOffset> _offsets = [];
    private readonly Dictionary<long, Dictionary<TopicPartition, CommittedOffset>> _pending = [];

    /// <summary>Stores offsets of a member, or of a client outside any generation while the group is empty.</summary>
    public ErrorCode Commit(string memberId, string? instanceId, int generation, Dictionary<TopicPartition, CommittedOffset> offsets)
    {
        lock (_gate)
        {
            var error = CheckCommit(memberId, instanceId, generation, transactional: false);
            if (error != ErrorCode.None || offsets.Count == 0)
            {
                return error;
            }

            error = _log.SaveOffsets(Id, offsets, -1, -1);
            if (error == ErrorCode.None)
            {
                foreach (var (partition, offset) in offsets)
                {
                    _offsets[partition] = offset;
                }
            }

            return error;
        }
    }

    /// <summary>Stores offsets under an open transaction: readers that want stable offsets are held off until it ends.</summary>
    public ErrorCode CommitPending(
        string memberId, string? instanceId, int generation, long producerId, short producerEpoch, Dictionary<TopicPartition, CommittedOffset> offsets)
    {
        lock (_gate)
        {
            var error = CheckCommit(memberId, instanceId, generation, transactional: true);
            if (error != ErrorCode.None || offsets.Count == 0)
            {
                return error;
            }

            error = _log.SaveOffsets(Id, offsets, producerId, producerEpoch);
            if (error == ErrorCode.None)
            {
                AddPending(producerId, offsets);
            }

            return error;
        }
    }

    /// <summary>Ends the transaction of a producer in this group.</summary>
    public void EndTransaction(long producerId, bool commit)
    {
        lock (_gate)
        {
            if (_pending.Remove(producerId, out var offsets) && commit)
            {
                foreach (var (partition, offset) in offsets)
                {
                    _offsets[partition] = offset;
                }
            }
        }
    }

    /// <summary>The committed offset, or null; <paramref name="unstable"/> tells that an open transaction may change it.</summary>
    public CommittedOffset? Committed(TopicPartition partition, out bool unstable)
    {
        lock (_gate)
        {
            unstable = _pending.Values.Any(p => p.ContainsKey(partition));
            return _offsets.GetValueOrDefault(partition);
        }
    }

    /// <summary>Every partition with a committed offset.</summary>
    public List<TopicPartition> CommittedPartitions()
    {
        lock (_gate)
        {
            return [.. _offsets.Keys];
        }
    }

    /// <summary>Forgets offsets, of partitions nobody in the group consumes.</summary>
    public ErrorCode DeleteOffsets(IReadOnlyCollection<TopicPartition> partitions)
    {
        lock (_gate)
        {
            var known = partitions.Where(_offsets.ContainsKey).ToList();
            var error = known.Count == 0 ? ErrorCode.None : _log.DeleteOffsets(Id, known);
            if (error == ErrorCode.None)
            {
                known.ForEach(p => _offsets.Remove(p));
            }

            return error;
        }
    }

    /// <summary>Topics that members of this consumer group subscribe to; null when a member does not say so in the consumer protocol.</summary>
    public HashSet<string>? SubscribedTopics()
    {
        lock (_gate)
        {
            var topics = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in _members.Values)
            {
                if (ProtocolType != ConsumerSubscription.ProtocolType
                    || !member.Protocols.TrueForAll(protocol => ConsumerSubscription.TryAddTopics(protocol.Metadata, topics)))
                {
                    return null;
                }
            }

            return topics;
        }
    }

    /// <summary>Deletes the group when nobody is in it.</summary>
    public ErrorCode Delete()
    {
        lock (_gate)
        {
            if (State == GroupState.Dead)
            {
                return ErrorCode.GroupIdNotFound;
            }

            if (State != GroupState.Empty)
            {
                return ErrorCode.NonEmptyGroup;
            }

            State = GroupState.Dead;
            if (_offsets.Count > 0)
            {
                _log.DeleteOffsets(Id, [.. _offsets.Keys]);
            }

            return _log.DeleteGroup(Id);
        }
    }

    /// <summary>Whether the group has nothing worth keeping: empty for longer than the retention.</summary>
    public bool IsExpired(DateTimeOffset now)
    {
        lock (_gate)
        {
            return State == GroupState.Empty && _pending.Count == 0 && _promised.Count == 0 && now - EmptySince > _options.OffsetsRetention
                && _offsets.Values.All(o => now.ToUnixTimeMilliseconds() - o.CommitTimestamp > _options.OffsetsRetention.TotalMilliseconds);
        }
    }

    /// <summary>Takes in what the log has kept.</summary>
    public void RestoreOffset(TopicPartition partition, CommittedOffset? offset, long producerId)
    {
        if (producerId >= 0 && offset is not null)
        {
            AddPending(producerId, new() { [partition] = offset });
        }
        else if (offset is null)
        {
            _offsets.Remove(partition);
        }
        else
        {
            _offsets[partition] = offset;
        }
    }

    private void AddPending(long producerId, Dictionary<TopicPartition, CommittedOffset> offsets)
    {
        if (!_pending.TryGetValue(producerId, out var pending))
        {
            _pending[producerId] = pending = [];
        }

        foreach (var (partition, offset) in offsets)
        {
            pending[partition] = offset;
        }
    }

    private ErrorCode CheckCommit(string memberId, string? instanceId, int generation, bool transactional)
    {
        if (State == GroupState.Dead)
        {
            return ErrorCode.CoordinatorNotAvailable;
        }

        if (generation < 0 && memberId.Length == 0 && instanceId is null)
        {
            // A client before KIP-447 sends no member with a transactional commit; outside transactions a group with members is closed to strangers.
            return transactional || State == GroupState.Empty ? ErrorCode.None : ErrorCode.UnknownMemberId;
        }

        var error = CheckMember(memberId, instanceId, generation);
        if (error != ErrorCode.None)
        {
            return error;
        }

        if (!transactional)
        {
            Touch(_members[memberId]);
        }

        return State == GroupState.CompletingRebalance && !transactional ? ErrorCode.RebalanceInProgress : ErrorCode.None;
    }
}
