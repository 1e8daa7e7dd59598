namespace AuditIntel.Streaming.Nodes;

/// <summary>A change of a table's key: the value after and the value before, each of which may be absent.</summary>
internal readonly struct Change<TValue>
{
    public Change(TValue value, TValue? old, bool hasOld)
    {
        New = value;
        HasNew = value is not null;
        Old = old;
        HasOld = hasOld;
    }

    private Change(TValue? old, bool hasOld)
    {
        Old = old;
        HasOld = hasOld;
    }

    public TValue? New { get; }

    public bool HasNew { get; }

    public TValue? Old { get; }

    public bool HasOld { get; }

    public static Change<TValue> Deletion(TValue? old, bool hasOld) => new(old, hasOld);

    /// <summary>A change whose two sides are told apart from <c>default</c> by flags.</summary>
    public static Change<TValue> Of(TValue? value, bool hasNew, TValue? old, bool hasOld) =>
        hasNew ? new Change<TValue>(value!, old, hasOld) : new Change<TValue>(old, hasOld);
}
