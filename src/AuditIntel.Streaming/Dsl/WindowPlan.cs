using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>What an aggregation over windows needs of its store.</summary>
/// <param name="SizeMs">End minus start of a window.</param>
/// <param name="RetentionMs">Least retention: as long as a window may change.</param>
/// <param name="ClosesAfterMs">How far stream time is past the end of a window when it is closed.</param>
/// <param name="Layout">Makes the layout of the store from its retention.</param>
/// <param name="Emit">When results go downstream.</param>
internal sealed record WindowPlan(long SizeMs, long RetentionMs, long ClosesAfterMs, Func<long, SegmentLayout> Layout, EmitStrategy Emit);
