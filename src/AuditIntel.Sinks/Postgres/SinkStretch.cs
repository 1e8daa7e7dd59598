using System.Runtime.InteropServices;

namespace AuditIntel.Sinks.Postgres;

/// <summary>Some of a batch's records, side by side, in the order of the log.</summary>
internal readonly struct SinkStretch(List<SinkRecord> records, int start, int count)
{
    public int Count => count;

    /// <summary>Valid until the batch changes.</summary>
    public ReadOnlySpan<SinkRecord> Records => CollectionsMarshal.AsSpan(records).Slice(start, count);
}
