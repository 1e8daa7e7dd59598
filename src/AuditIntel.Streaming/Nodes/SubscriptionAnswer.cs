namespace AuditIntel.Streaming.Nodes;

/// <summary>A foreign key's answer to a left row.</summary>
/// <param name="Fingerprint">Of the row's value that is answered; zero for a row that is gone.</param>
/// <param name="HasValue">Whether the foreign key has a value.</param>
/// <param name="Value">That value.</param>
internal readonly record struct SubscriptionAnswer<TForeign>(UInt128 Fingerprint, bool HasValue, TForeign? Value);
