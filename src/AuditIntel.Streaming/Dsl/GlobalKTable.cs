namespace AuditIntel.Streaming;

/// <summary>A table that every instance has whole.</summary>
public sealed class GlobalKTable<TKey, TValue>
    where TKey : notnull
{
    internal GlobalKTable(string storeName) => StoreName = storeName;

    /// <summary>Store that holds the table.</summary>
    public string StoreName { get; }
}
