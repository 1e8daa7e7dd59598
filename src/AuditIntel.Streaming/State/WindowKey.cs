namespace AuditIntel.Streaming.State;

/// <summary>Key of an entry in a store of windows.</summary>
/// <param name="Key">The user's key.</param>
/// <param name="TimeMs">What the store is segmented by: the start of a window, the end of a session, the time of a record.</param>
/// <param name="Extra">Number among records of one key and time, or the start of a session.</param>
internal readonly record struct WindowKey<TKey>(TKey Key, long TimeMs, long Extra)
    where TKey : notnull
{
    private static readonly IEqualityComparer<TKey> Comparer = KeyComparison.For<TKey>() ?? EqualityComparer<TKey>.Default;

    public bool Equals(WindowKey<TKey> other) => TimeMs == other.TimeMs && Extra == other.Extra && Comparer.Equals(Key, other.Key);

    public override int GetHashCode() => HashCode.Combine(Comparer.GetHashCode(Key), TimeMs, Extra);
}
