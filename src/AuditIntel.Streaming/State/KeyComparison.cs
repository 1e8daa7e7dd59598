namespace AuditIntel.Streaming.State;

/// <summary>How stores tell keys apart: as .NET values, and arrays of bytes by their content.</summary>
internal static class KeyComparison
{
    /// <returns>Null for value types that compare themselves.</returns>
    public static IEqualityComparer<TKey>? For<TKey>()
    {
        if (typeof(TKey) == typeof(byte[]))
        {
            return (IEqualityComparer<TKey>)(object)new BytesComparer();
        }

        return typeof(TKey).IsValueType ? null : EqualityComparer<TKey>.Default;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(obj);
            return hash.ToHashCode();
        }
    }
}
