namespace AuditIntel.Streaming.State;

/// <summary>What an entry of a store's table is.</summary>
[Flags]
internal enum EntryFlags
{
    None = 0,

    /// <summary>The slot holds a key.</summary>
    InUse = 1,

    /// <summary>The key has a value; without this it is a pending tombstone.</summary>
    Present = 2,

    /// <summary>Changed since the last commit.</summary>
    Changed = 4,

    /// <summary>Changed since the cache was flushed.</summary>
    Cached = 8,
}
