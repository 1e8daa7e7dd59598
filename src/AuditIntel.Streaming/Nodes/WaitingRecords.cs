namespace AuditIntel.Streaming.Nodes;

/// <summary>The waiting records of both sides of a join, as one side sees them.</summary>
internal abstract class WaitingRecords<TKey, TThis, TOther>
    where TKey : notnull
{
    /// <summary>Gives the records whose windows have closed, in the order of their times.</summary>
    public abstract void GiveClosed(long streamTimeMs);

    /// <summary>A record of the other side has met one of this side.</summary>
    public abstract void Remove(long timeMs, int number, TKey key);

    /// <summary>A record of this side has met none.</summary>
    public abstract void Add(long timeMs, int number, TKey key, TThis value);
}
