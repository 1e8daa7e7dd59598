using AuditIntel.DevStack.Observability;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Groups;

/// <summary>
/// One consumer group: members, generation, rebalance. Every change happens under one lock; waiting members hold a task that the change
/// completes. Rules are those of Kafka's classic group protocol (KIP-62, KIP-345 static members, KIP-394 member ids, KIP-814).
/// </summary>
internal sealed partial class Group
{
    private readonly Lock _gate = new();
    private readonly GroupLog _log;
    private readonly GroupOptions _options;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, GroupMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _static = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ITimer> _promised = new(StringComparer.Ordinal);
    private ITimer? _rebalanceTimer;
    private ITimer? _syncTimer;
    private bool _initialDelay;
    private ErrorCode _closed = ErrorCode.UnknownMemberId;

    public Group(string id, GroupLog log, GroupOptions options, TimeProvider clock)
    {
        Id = id;
        _log = log;
        _options = options;
        _clock = clock;
        EmptySince = clock.GetUtcNow();
    }

    public string Id { get; }

    public GroupState State { get; private set; }

    public int Generation { get; private set; }

    public string ProtocolType { get; private set; } = "";

    public string? ProtocolName { get; private set; }

    public string? LeaderId { get; private set; }

    public DateTimeOffset EmptySince { get; private set; }

    /// <summary>Checks a member's heartbeat and keeps it alive.</summary>
    public ErrorCode Heartbeat(string memberId, string? instanceId, int generation)
    {
        lock (_gate)
        {
            var error = CheckMember(memberId, instanceId, generation);
            if (error != ErrorCode.None)
            {
                return error;
            }

            Touch(_members[memberId]);
            return State == GroupState.PreparingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
        }
    }

    public Task<SyncResult> SyncAsync(
        string memberId, string? instanceId, int generation, string? protocolType, string? protocolName, Dictionary<string, byte[]> assignments)
    {
        lock (_gate)
        {
            var error = CheckMember(memberId, instanceId, generation);
            if (error == ErrorCode.None
                && ((protocolType is not null && protocolType != ProtocolType) || (protocolName is not null && protocolName != ProtocolName)))
            {
                error = ErrorCode.InconsistentGroupProtocol;
            }

            if (error == ErrorCode.None && State == GroupState.PreparingRebalance)
            {
                error = ErrorCode.RebalanceInProgress;
            }

            if (error != ErrorCode.None)
            {
                return Task.FromResult(SyncResult.Failed(error));
            }

            var member = _members[memberId];
            member.HasSynced = true;
            Touch(member);
            if (State == GroupState.Stable)
            {
                return Task.FromResult(Assigned(member));
            }

            var waiting = new TaskCompletionSource<SyncResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            member.Syncing?.TrySetResult(SyncResult.Failed(ErrorCode.RebalanceInProgress));
            member.Syncing = waiting;
            if (memberId == LeaderId)
            {
                Assign(assignments);
            }

            return waiting.Task;
        }
    }

    /// <summary>Removes one member, named by id or by instance.</summary>
    public ErrorCode Leave(string memberId, string? instanceId)
    {
        lock (_gate)
        {
            if (instanceId is not null)
            {
                if (!_static.TryGetValue(instanceId, out var current))
                {
                    return ErrorCode.UnknownMemberId;
                }

                if (memberId.Length > 0 && memberId != current)
                {
                    return ErrorCode.FencedInstanceId;
                }

                memberId = current;
            }

            if (_promised.Remove(memberId, out var timer))
            {
                timer.Dispose();
                return ErrorCode.None;
            }

            if (!_members.TryGetValue(memberId, out var member))
            {
                return ErrorCode.UnknownMemberId;
            }

            Remove(member);
            Rebalance();
            return ErrorCode.None;
        }
    }

    /// <summary>Stops every timer and lets every waiting member go; nothing happens in the group any more.</summary>
    public void Close(ErrorCode reason)
    {
        lock (_gate)
        {
            State = GroupState.Dead;
            _closed = reason;
            _rebalanceTimer?.Dispose();
            _syncTimer?.Dispose();
            foreach (var timer in _promised.Values)
            {
                timer.Dispose();
            }

            foreach (var member in _members.Values)
            {
                member.SessionTimer?.Dispose();
                member.Joining?.TrySetResult(new(reason, member.Id));
                member.Syncing?.TrySetResult(SyncResult.Failed(reason));
            }
        }
    }

    /// <summary>A copy for the admin APIs.</summary>
    public GroupDescription Describe()
    {
        lock (_gate)
        {
            return new(
                State,
                ProtocolType,
                State == GroupState.Stable ? ProtocolName ?? "" : "",
                [.. _members.Values.Select(m => new DescribedMember(
                    m.Id, m.InstanceId, m.ClientId, m.ClientHost, State == GroupState.Stable ? m.MetadataFor(ProtocolName) : [], m.Assignment))]);
        }
    }

    /// <summary>Takes in the state that the group's log has kept; the members have a full session to say that they live.</summary>
    public void Restore(GroupMetadata metadata)
    {
        lock (_gate)
        {
            foreach (var member in _members.Values)
            {
                member.SessionTimer?.Dispose();
            }

            _members.Clear();
            _static.Clear();
            Generation = metadata.Generation;
            ProtocolType = metadata.ProtocolType;
            ProtocolName = metadata.Protocol;
            LeaderId = metadata.Leader;
            foreach (var saved in metadata.Members)
            {
                var member = new GroupMember
                {
                    Id = saved.MemberId,
                    InstanceId = saved.GroupInstanceId,
                    ClientId = saved.ClientId,
                    ClientHost = saved.ClientHost,
                    SessionTimeout = TimeSpan.FromMilliseconds(saved.SessionTimeout),
                    RebalanceTimeout = TimeSpan.FromMilliseconds(saved.RebalanceTimeout),
                    Protocols = [new(metadata.Protocol ?? "", saved.Subscription.ToArray())],
                    Assignment = saved.Assignment.ToArray(),
                };
                Register(member);
            }

            State = _members.Count == 0 ? GroupState.Empty : GroupState.Stable;
            EmptySince = _clock.GetUtcNow();
        }
    }

    /// <summary>Starts the session timers of restored members.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            foreach (var member in _members.Values)
            {
                Touch(member);
            }
        }
    }

    private ErrorCode CheckMember(string memberId, string? instanceId, int generation)
    {
        if (State == GroupState.Dead)
        {
            // A broker that stops must not make members believe that they lost their membership: its successor still knows them.
            return _closed;
        }

        if (instanceId is not null && _static.TryGetValue(instanceId, out var current) && current != memberId)
        {
            return ErrorCode.FencedInstanceId;
        }

        if (!_members.ContainsKey(memberId) || (instanceId is not null && !_static.ContainsKey(instanceId)))
        {
            return ErrorCode.UnknownMemberId;
        }

        return generation == Generation ? ErrorCode.None : ErrorCode.IllegalGeneration;
    }

    private void Assign(Dictionary<string, byte[]> assignments)
    {
        foreach (var member in _members.Values)
        {
            member.Assignment = assignments.GetValueOrDefault(member.Id) ?? [];
        }

        State = GroupState.Stable;
        _log.SaveGroup(Metadata());
        _options.Log.GroupRebalanced(Id, Generation, _members.Count);
        foreach (var member in _members.Values)
        {
            member.Syncing?.TrySetResult(Assigned(member));
            member.Syncing = null;
        }
    }

    private SyncResult Assigned(GroupMember member) => new(ErrorCode.None, member.Assignment, ProtocolType, ProtocolName);

    private GroupMetadata Metadata() => new()
    {
        Group = Id,
        ProtocolType = ProtocolType,
        Generation = Generation,
        Protocol = ProtocolName,
        Leader = LeaderId,
        CurrentStateTimestamp = _clock.GetUtcNow().ToUnixTimeMilliseconds(),
        Members = [.. _members.Values.Select(m => new GroupMetadata.Member
        {
            MemberId = m.Id,
            GroupInstanceId = m.InstanceId,
            ClientId = m.ClientId,
            ClientHost = m.ClientHost,
            RebalanceTimeout = (int)m.RebalanceTimeout.TotalMilliseconds,
            SessionTimeout = (int)m.SessionTimeout.TotalMilliseconds,
            Subscription = m.MetadataFor(ProtocolName),
            Assignment = m.Assignment,
        })],
    };
}
