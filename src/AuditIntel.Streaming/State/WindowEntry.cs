namespace AuditIntel.Streaming.State;

/// <summary>What a store of windows holds of one key at one time.</summary>
/// <param name="TimeMs">Start of the window, or time of the record.</param>
/// <param name="Number">Number among records of one key and time.</param>
/// <param name="Value">The value.</param>
/// <param name="TimestampMs">Event time of the value.</param>
internal readonly record struct WindowEntry<TValue>(long TimeMs, long Number, TValue Value, long TimestampMs);
