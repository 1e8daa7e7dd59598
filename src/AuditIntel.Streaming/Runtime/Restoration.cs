namespace AuditIntel.Streaming.Runtime;

/// <summary>How far one store's topic has been applied: from where its checkpoint ended, to before <c>end</c>.</summary>
internal sealed class Restoration(TaskStore store, TaskId task, long begin, long end)
{
    private const int RecordsPerFrame = 10_000;

    private int _sinceCheckpoint;

    /// <summary>Offset to read next.</summary>
    public long Next { get; private set; } = begin;

    public long Begin { get; } = begin;

    public long End { get; } = end;

    /// <summary>An empty range is done at once; so is a table whose group has never committed (a negative end).</summary>
    public bool IsDone => Next >= End;

    public void Apply(long offset, bool isKeyNull, ReadOnlySpan<byte> key, bool isTombstone, ReadOnlySpan<byte> value, long timestampMs)
    {
        if (offset < Next || IsDone)
        {
            return;
        }

        if (offset < End && !isKeyNull)
        {
            store.Restore(key, isTombstone, value, timestampMs);
        }

        Next = Math.Min(offset + 1, End);
        if (++_sinceCheckpoint == RecordsPerFrame)
        {
            _sinceCheckpoint = 0;
            store.Restored(Next);
        }
    }

    public void ReachedEnd(long offset) => Next = Math.Min(Math.Max(Next, offset), End);

    public RestoreProgress Progress => new(store.Store.Name, task.ToString(), Begin, Math.Max(Begin, Next), Math.Max(Begin, End));

    /// <summary>What was applied becomes part of the checkpoint.</summary>
    public void Finish() => store.Restored(Next);
}
