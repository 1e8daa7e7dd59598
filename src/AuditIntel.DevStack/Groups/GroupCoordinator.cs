using System.Collections.Concurrent;
using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Groups;

/// <summary>All groups of the broker.</summary>
internal sealed class GroupCoordinator : IDisposable
{
    private readonly ConcurrentDictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly GroupOptions _options;
    private readonly TimeProvider _clock;

    public GroupCoordinator(TopicCatalog catalog, GroupOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        Log = new(catalog, clock);
        Log.Replay(GetOrAdd);
        foreach (var group in _groups.Values)
        {
            group.Resume();
        }
    }

    public GroupLog Log { get; }

    public GroupOptions Options => _options;

    public ICollection<Group> All => _groups.Values;

    public Group? Find(string id) => _groups.GetValueOrDefault(id);

    public Group GetOrAdd(string id) => _groups.GetOrAdd(id, i => new Group(i, Log, _options, _clock));

    public async Task<JoinResult> JoinAsync(string groupId, JoinDemand demand)
    {
        if (groupId.Length == 0)
        {
            return new(ErrorCode.InvalidGroupId, demand.MemberId);
        }

        if (demand.SessionTimeout < _options.MinSessionTimeout || demand.SessionTimeout > _options.MaxSessionTimeout)
        {
            return new(ErrorCode.InvalidSessionTimeout, demand.MemberId);
        }

        if (demand.MemberId.Length > 0 && Find(groupId) is null)
        {
            return new(ErrorCode.UnknownMemberId, demand.MemberId);
        }

        return await GetOrAdd(groupId).JoinAsync(demand).ConfigureAwait(false);
    }

    public ErrorCode Delete(string id)
    {
        if (Find(id) is not { } group)
        {
            return ErrorCode.GroupIdNotFound;
        }

        var error = group.Delete();
        if (error == ErrorCode.None)
        {
            _groups.TryRemove(id, out _);
        }

        return error;
    }

    /// <summary>Deletes the groups nobody has used for longer than the retention of offsets.</summary>
    public void Expire()
    {
        var now = _clock.GetUtcNow();
        foreach (var group in _groups.Values.Where(g => g.IsExpired(now)))
        {
            Delete(group.Id);
        }
    }

    /// <summary>Deletes the offsets of a topic that is gone: one of the same name begins anew.</summary>
    public void ForgetTopic(string topic)
    {
        foreach (var group in _groups.Values)
        {
            group.DeleteOffsets([.. group.CommittedPartitions().Where(p => p.Topic == topic)]);
        }
    }

    /// <summary>Ends the transaction of a producer in every group it has committed to.</summary>
    public void EndTransaction(long producerId, bool commit)
    {
        foreach (var group in _groups.Values)
        {
            group.EndTransaction(producerId, commit);
        }
    }

    public void Dispose()
    {
        foreach (var group in _groups.Values)
        {
            group.Close(ErrorCode.NotCoordinator);
        }
    }
}
