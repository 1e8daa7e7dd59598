using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Groups;

/// <summary>Joining and rebalancing.</summary>
internal sealed partial class Group
{
    /// <summary>Joins; the task ends when the next generation begins, or at once when nothing has to change.</summary>
    public Task<JoinResult> JoinAsync(JoinDemand demand)
    {
        lock (_gate)
        {
            if (State == GroupState.Dead)
            {
                return Answer(new(ErrorCode.CoordinatorNotAvailable, demand.MemberId));
            }

            if (!Agrees(demand))
            {
                return Answer(new(ErrorCode.InconsistentGroupProtocol, demand.MemberId));
            }

            if (demand.MemberId.Length == 0)
            {
                return JoinNew(demand);
            }

            return JoinKnown(demand);
        }
    }

    private static Task<JoinResult> Answer(JoinResult result) => Task.FromResult(result);

    private Task<JoinResult> JoinNew(JoinDemand demand)
    {
        var id = $"{demand.InstanceId ?? (demand.ClientId.Length > 0 ? demand.ClientId : "member")}-{Guid.NewGuid()}";
        if (demand.InstanceId is not null)
        {
            return _static.TryGetValue(demand.InstanceId, out var previous) ? Replace(_members[previous], id, demand) : Enter(id, demand);
        }

        if (!demand.NeedsMemberIdFirst)
        {
            return Enter(id, demand);
        }

        _promised[id] = _clock.CreateTimer(_ => Forget(id), null, demand.SessionTimeout, Timeout.InfiniteTimeSpan);
        return Answer(new(ErrorCode.MemberIdRequired, id));
    }

    private Task<JoinResult> JoinKnown(JoinDemand demand)
    {
        if (_promised.Remove(demand.MemberId, out var timer))
        {
            timer.Dispose();
            return Enter(demand.MemberId, demand);
        }

        if (demand.InstanceId is not null && _static.TryGetValue(demand.InstanceId, out var current) && current != demand.MemberId)
        {
            return Answer(new(ErrorCode.FencedInstanceId, demand.MemberId));
        }

        if (!_members.TryGetValue(demand.MemberId, out var member))
        {
            return Answer(new(ErrorCode.UnknownMemberId, demand.MemberId));
        }

        var same = member.HasSameProtocols(demand.Protocols);
        var mustRebalance = State switch
        {
            GroupState.Stable => member.Id == LeaderId || !same,
            GroupState.CompletingRebalance => !same,
            _ => true,
        };
        if (!mustRebalance)
        {
            Touch(member);
            return Answer(Joined(member));
        }

        Update(member, demand);
        return Wait(member);
    }

    private Task<JoinResult> Enter(string id, JoinDemand demand)
    {
        var member = new GroupMember { Id = id, InstanceId = demand.InstanceId };
        Update(member, demand);
        Register(member);
        ProtocolType = demand.ProtocolType;
        return Wait(member);
    }

    // A static member that was away comes back under a new id; whoever still uses the old one is fenced (KIP-345).
    private Task<JoinResult> Replace(GroupMember member, string id, JoinDemand demand)
    {
        var oldId = member.Id;
        member.Joining?.TrySetResult(new(ErrorCode.FencedInstanceId, oldId));
        member.Syncing?.TrySetResult(SyncResult.Failed(ErrorCode.FencedInstanceId));
        member.Joining = null;
        member.Syncing = null;
        _members.Remove(oldId);
        member.Id = id;
        Register(member);
        var wasLeader = LeaderId == oldId;
        if (wasLeader)
        {
            LeaderId = id;
        }

        var same = member.MetadataFor(ProtocolName).AsSpan()
            .SequenceEqual(demand.Protocols.FirstOrDefault(p => p.Name == ProtocolName)?.Metadata ?? []);
        Update(member, demand);
        if (State != GroupState.Stable || !same)
        {
            return Wait(member);
        }

        Touch(member);
        _log.SaveGroup(Metadata());
        var joined = Joined(member);
        if (wasLeader)
        {
            // A leader that cannot be told to skip gets the old id as leader, so that it does not assign anew.
            joined = demand.KnowsSkipAssignment ? joined with { SkipAssignment = true } : joined with { Leader = oldId, Members = [] };
        }

        return Answer(joined);
    }

    private Task<JoinResult> Wait(GroupMember member)
    {
        member.Joining?.TrySetResult(new(ErrorCode.RebalanceInProgress, member.Id));
        var waiting = new TaskCompletionSource<JoinResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        member.Joining = waiting;
        member.SessionTimer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Rebalance();
        return waiting.Task;
    }

    /// <summary>Begins a rebalance or goes on with the running one.</summary>
    private void Rebalance()
    {
        if (State is GroupState.Stable or GroupState.CompletingRebalance or GroupState.Empty)
        {
            _initialDelay = State == GroupState.Empty && _members.Count > 0 && _options.InitialRebalanceDelay > TimeSpan.Zero;
            State = GroupState.PreparingRebalance;
            _syncTimer?.Dispose();
            foreach (var member in _members.Values)
            {
                member.Syncing?.TrySetResult(SyncResult.Failed(ErrorCode.RebalanceInProgress));
                member.Syncing = null;
            }

            var limit = _initialDelay ? _options.InitialRebalanceDelay : LongestRebalance();
            _rebalanceTimer?.Dispose();
            _rebalanceTimer = _clock.CreateTimer(_ => OnRebalanceTimeout(), null, limit, Timeout.InfiniteTimeSpan);
        }

        if (State == GroupState.PreparingRebalance && !_initialDelay && _members.Values.All(m => m.Joining is not null))
        {
            CompleteJoin();
        }
    }

    private TimeSpan LongestRebalance() =>
        _members.Count == 0 ? TimeSpan.FromSeconds(1) : _members.Values.Max(m => m.RebalanceTimeout);

    private void OnRebalanceTimeout()
    {
        lock (_gate)
        {
            if (State != GroupState.PreparingRebalance)
            {
                return;
            }

            if (_initialDelay)
            {
                _initialDelay = false;
                _rebalanceTimer?.Change(LongestRebalance(), Timeout.InfiniteTimeSpan);
                Rebalance();
                return;
            }

            // Static members stay until their session ends: they may come back under the same name.
            foreach (var member in _members.Values.Where(m => m.Joining is null && m.InstanceId is null).ToList())
            {
                Remove(member);
            }

            if (_members.Count > 0 && _members.Values.All(m => m.Joining is null))
            {
                _rebalanceTimer?.Change(LongestRebalance(), Timeout.InfiniteTimeSpan);
                return;
            }

            CompleteJoin();
        }
    }

    private void CompleteJoin()
    {
        _rebalanceTimer?.Dispose();
        _rebalanceTimer = null;
        Generation++;
        if (_members.Count == 0)
        {
            State = GroupState.Empty;
            ProtocolName = null;
            LeaderId = null;
            EmptySince = _clock.GetUtcNow();
            _log.SaveGroup(Metadata());
            return;
        }

        State = GroupState.CompletingRebalance;
        ProtocolName = ChooseProtocol();
        if (LeaderId is null || !_members.TryGetValue(LeaderId, out var leader) || leader.Joining is null)
        {
            LeaderId = _members.Values.First(m => m.Joining is not null).Id;
        }

        foreach (var member in _members.Values)
        {
            member.HasSynced = false;
            member.Joining?.TrySetResult(Joined(member));
            member.Joining = null;
            Touch(member);
        }

        _syncTimer?.Dispose();
        var generation = Generation;
        _syncTimer = _clock.CreateTimer(_ => OnSyncTimeout(generation), null, LongestRebalance(), Timeout.InfiniteTimeSpan);
    }

    private void OnSyncTimeout(int generation)
    {
        lock (_gate)
        {
            if (State != GroupState.CompletingRebalance || Generation != generation)
            {
                return;
            }

            foreach (var member in _members.Values.Where(m => !m.HasSynced).ToList())
            {
                Remove(member);
            }

            Rebalance();
        }
    }

    private JoinResult Joined(GroupMember member) => new(ErrorCode.None, member.Id)
    {
        Generation = Generation,
        ProtocolType = ProtocolType,
        ProtocolName = ProtocolName,
        Leader = LeaderId ?? "",
        Members = member.Id == LeaderId
            ? [.. _members.Values.Select(m => (m.Id, m.InstanceId, m.MetadataFor(ProtocolName)))]
            : [],
    };

    // The protocol that every member knows and most members name first.
    private string ChooseProtocol()
    {
        var common = _members.Values.Select(m => m.Protocols.Select(p => p.Name)).Aggregate((a, b) => a.Intersect(b).ToList()).ToHashSet();
        return _members.Values
            .Select(m => m.Protocols.First(p => common.Contains(p.Name)).Name)
            .GroupBy(n => n)
            .OrderByDescending(g => g.Count())
            .First()
            .Key;
    }

    private bool Agrees(JoinDemand demand)
    {
        if (demand.ProtocolType.Length == 0 || demand.Protocols.Count == 0)
        {
            return false;
        }

        var others = _members.Values.Where(m => m.Id != demand.MemberId && (m.InstanceId is null || m.InstanceId != demand.InstanceId)).ToList();
        return others.Count == 0
            || (demand.ProtocolType == ProtocolType
                && demand.Protocols.Any(p => others.TrueForAll(m => m.Protocols.Exists(o => o.Name == p.Name))));
    }

    private void Register(GroupMember member)
    {
        _members[member.Id] = member;
        if (member.InstanceId is not null)
        {
            _static[member.InstanceId] = member.Id;
        }
    }

    private static void Update(GroupMember member, JoinDemand demand)
    {
        member.ClientId = demand.ClientId;
        member.ClientHost = demand.ClientHost;
        member.SessionTimeout = demand.SessionTimeout;
        member.RebalanceTimeout = demand.RebalanceTimeout;
        member.Protocols = demand.Protocols;
    }

    private void Remove(GroupMember member)
    {
        member.SessionTimer?.Dispose();
        member.Joining?.TrySetResult(new(ErrorCode.UnknownMemberId, member.Id));
        member.Syncing?.TrySetResult(SyncResult.Failed(ErrorCode.UnknownMemberId));
        _members.Remove(member.Id);
        if (member.InstanceId is not null)
        {
            _static.Remove(member.InstanceId);
        }
    }

    private void Touch(GroupMember member)
    {
        if (member.SessionTimer is null)
        {
            member.SessionTimer = _clock.CreateTimer(_ => OnSessionTimeout(member), null, member.SessionTimeout, Timeout.InfiniteTimeSpan);
        }
        else
        {
            member.SessionTimer.Change(member.SessionTimeout, Timeout.InfiniteTimeSpan);
        }

        member.Deadline = _clock.GetUtcNow() + member.SessionTimeout;
    }

    private void OnSessionTimeout(GroupMember member)
    {
        lock (_gate)
        {
            // A heartbeat may have come between the timer's due time and this lock.
            if (State == GroupState.Dead
                || !_members.TryGetValue(member.Id, out var current)
                || current != member
                || member.Joining is not null
                || _clock.GetUtcNow() < member.Deadline - TimeSpan.FromMilliseconds(50))
            {
                return;
            }

            Remove(member);
            Rebalance();
        }
    }

    private void Forget(string promisedId)
    {
        lock (_gate)
        {
            if (_promised.Remove(promisedId, out var timer))
            {
                timer.Dispose();
            }
        }
    }
}
