namespace AuditIntel.Avro;

/// <summary>Equality by value of the collections in generated records.</summary>
public static class AvroEquality
{
    public static bool Equal<T>(IReadOnlyList<T>? left, IReadOnlyList<T>? right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.SequenceEqual(right));

    public static bool Equal(byte[]? left, byte[]? right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.AsSpan().SequenceEqual(right));

    public static bool Equal<T>(IReadOnlyDictionary<string, T>? left, IReadOnlyDictionary<string, T>? right) =>
        ReferenceEquals(left, right)
        || (left is not null && right is not null && left.Count == right.Count
            && left.All(pair => right.TryGetValue(pair.Key, out T? other) && EqualityComparer<T>.Default.Equals(pair.Value, other)));

    /// <summary>Lists whose items are compared by <paramref name="equal"/>.</summary>
    public static bool Equal<T>(IReadOnlyList<T>? left, IReadOnlyList<T>? right, Func<T, T, bool> equal)
    {
        if (ReferenceEquals(left, right) || left is null || right is null || left.Count != right.Count)
        {
            return ReferenceEquals(left, right);
        }

        for (int i = 0; i < left.Count; i++)
        {
            if (!equal(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Maps whose values are compared by <paramref name="equal"/>.</summary>
    public static bool Equal<T>(IReadOnlyDictionary<string, T>? left, IReadOnlyDictionary<string, T>? right, Func<T, T, bool> equal) =>
        ReferenceEquals(left, right)
        || (left is not null && right is not null && left.Count == right.Count
            && left.All(pair => right.TryGetValue(pair.Key, out T? other) && equal(pair.Value, other)));

    /// <summary>A list whose items are hashed by <paramref name="hashOf"/>.</summary>
    public static int Hash<T>(IReadOnlyList<T>? list, Func<T, int> hashOf)
    {
        var hash = new HashCode();
        foreach (T item in list ?? [])
        {
            hash.Add(hashOf(item));
        }

        return hash.ToHashCode();
    }

    public static int Hash<T>(IReadOnlyList<T>? list)
    {
        var hash = new HashCode();
        foreach (T item in list ?? [])
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public static int Hash(byte[]? bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    /// <summary>Order of the pairs does not count, so neither do they: equal maps have equal counts.</summary>
    public static int Hash<T>(IReadOnlyDictionary<string, T>? map) => map?.Count ?? 0;
}
