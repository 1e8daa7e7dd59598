namespace AuditIntel.Streaming;

/// <summary>When the result of a window is final.</summary>
/// <param name="EndMs">End of a key's window.</param>
/// <param name="AfterMs">How far stream time must be past the end.</param>
internal sealed record WindowClosing<TKey>(Func<TKey, long> EndMs, long AfterMs);
