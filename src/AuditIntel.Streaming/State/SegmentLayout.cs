namespace AuditIntel.Streaming.State;

/// <summary>How a store of windows divides time.</summary>
/// <param name="RetentionMs">How long entries are kept behind the newest.</param>
/// <param name="IntervalMs">Length of a segment.</param>
/// <param name="IsIndexed">
/// Whether times within a segment are arbitrary, so that each key's are listed; without, an interval has one time: the window that begins with it.
/// </param>
internal sealed record SegmentLayout(long RetentionMs, long IntervalMs, bool IsIndexed)
{
    /// <summary>For entries at any time: about eight segments within the retention.</summary>
    public static SegmentLayout Indexed(long retentionMs) => new(retentionMs, Math.Max(1, retentionMs / 8), IsIndexed: true);

    public long IdOf(long timeMs) => timeMs / IntervalMs;

    /// <summary>Last millisecond of a segment's entries.</summary>
    public long EndOf(long id) => IsIndexed ? ((id + 1) * IntervalMs) - 1 : id * IntervalMs;
}
