namespace AuditIntel.Streaming.Nodes;

/// <summary>A left row's message to its foreign key.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Fingerprint">Of the row's value; an answer to an older one is not used.</param>
/// <param name="Key">Key of the row.</param>
internal readonly record struct Subscription<TKey>(SubscriptionKind Kind, UInt128 Fingerprint, TKey Key);
