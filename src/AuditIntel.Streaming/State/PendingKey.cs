namespace AuditIntel.Streaming.State;

/// <summary>A record of a stream join that has met no other yet.</summary>
internal readonly record struct PendingKey<TKey>(long TimeMs, bool IsLeft, int Number, TKey Key)
    where TKey : notnull
{
    private static readonly IEqualityComparer<TKey> Comparer = KeyComparison.For<TKey>() ?? EqualityComparer<TKey>.Default;

    /// <summary>By time; at one time the right side first, as Kafka Streams.</summary>
    public static IComparer<PendingKey<TKey>> Order { get; } = System.Collections.Generic.Comparer<PendingKey<TKey>>.Create(
        (a, b) => (a.TimeMs, a.IsLeft, a.Number).CompareTo((b.TimeMs, b.IsLeft, b.Number)));

    public bool Equals(PendingKey<TKey> other) =>
        TimeMs == other.TimeMs && IsLeft == other.IsLeft && Number == other.Number && Comparer.Equals(Key, other.Key);

    public override int GetHashCode() => HashCode.Combine(TimeMs, IsLeft, Number);
}
