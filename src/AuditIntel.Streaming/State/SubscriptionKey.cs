namespace AuditIntel.Streaming.State;

/// <summary>A row of the left table that refers to a foreign key.</summary>
internal readonly record struct SubscriptionKey<TForeignKey, TKey>(TForeignKey ForeignKey, TKey Key)
    where TForeignKey : notnull
    where TKey : notnull
{
    private static readonly IEqualityComparer<TForeignKey> ForeignComparer = KeyComparison.For<TForeignKey>() ?? EqualityComparer<TForeignKey>.Default;
    private static readonly IEqualityComparer<TKey> Comparer = KeyComparison.For<TKey>() ?? EqualityComparer<TKey>.Default;

    public bool Equals(SubscriptionKey<TForeignKey, TKey> other) => ForeignComparer.Equals(ForeignKey, other.ForeignKey) && Comparer.Equals(Key, other.Key);

    public override int GetHashCode() => HashCode.Combine(ForeignComparer.GetHashCode(ForeignKey), Comparer.GetHashCode(Key));
}
