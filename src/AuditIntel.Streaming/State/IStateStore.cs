namespace AuditIntel.Streaming.State;

/// <summary>
/// The runtime's side of a store. Nothing goes to the changelog at a put: the store remembers which keys have changed, and the task writes each of them
/// once at commit.
/// </summary>
internal interface IStateStore
{
    string Name { get; }

    long ApproximateCount { get; }

    /// <summary>Whether <see cref="WriteChanges"/> has anything to write.</summary>
    bool HasChanges { get; }

    /// <summary>
    /// Forwards cached changes downstream, one a key: the newest value with the value before the first change. Nothing without caching. The task calls it
    /// before <see cref="WriteChanges"/>, in topological order of the nodes that own the stores, so that a cache's output may change stores behind it.
    /// </summary>
    void FlushCache();

    /// <summary>Writes every key changed since the last call once, then forgets the change set. When the changelog throws, the change set stays.</summary>
    void WriteChanges(IChangelog changelog);

    /// <summary>Writes the whole content, for a checkpoint.</summary>
    void WriteAll(IChangelog changelog);

    /// <summary>Applies one record of changelog or checkpoint. Restored entries are not changes.</summary>
    void Restore(ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs);

    /// <summary>Forgets content, cache and change set.</summary>
    void Clear();
}
