using AuditIntel.Kafka;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>How far one store's partition has been read: from <c>begin</c>, to before <c>end</c>.</summary>
internal sealed class Restoration(IStateStore store, long begin, long end)
{
    /// <summary>Offset to read next.</summary>
    public long Next { get; private set; } = begin;

    /// <summary>An empty range is done at once; so is a table whose group has never committed (a negative end).</summary>
    public bool IsDone => Next >= end;

    public void Apply(ConsumedRecord record)
    {
        if (record.Offset < Next || IsDone)
        {
            return;
        }

        if (record.Offset < end && !record.IsKeyNull)
        {
            store.Restore(record.Key, record.IsValueNull, record.Value, record.TimestampMs);
        }

        Next = record.Offset + 1;
    }

    public void ReachedEnd(long offset) => Next = Math.Max(Next, offset);
}
