namespace AuditIntel.DevStack.Broker;

/// <summary>The fetch sessions of all clients (KIP-227). When there are too many, the one unused for longest goes; its client opens another.</summary>
internal sealed class FetchSessions
{
    /// <value>As Kafka's max.incremental.fetch.session.cache.slots.</value>
    public const int Capacity = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, FetchSession> _sessions = [];
    private int _lastId;
    private long _uses;

    public FetchSession Open()
    {
        lock (_gate)
        {
            if (_sessions.Count >= Capacity)
            {
                _sessions.Remove(_sessions.MinBy(s => s.Value.LastUse).Key);
            }

            _lastId = _lastId == int.MaxValue ? 1 : _lastId + 1;
            return _sessions[_lastId] = new FetchSession(_lastId) { LastUse = ++_uses };
        }
    }

    public FetchSession? Find(int id)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(id, out var session))
            {
                session.LastUse = ++_uses;
            }

            return session;
        }
    }

    public void Close(int id)
    {
        lock (_gate)
        {
            _sessions.Remove(id);
        }
    }
}
