namespace AuditIntel.Streaming.State;

/// <summary>Makes store definitions.</summary>
public static class Stores
{
    /// <summary>A key-value store in memory, rebuilt from its changelog topic <c>applicationId-name-changelog</c>.</summary>
    public static StoreDefinition KeyValue<TKey, TValue>(string name, ISerde<TKey> keySerde, ISerde<TValue> valueSerde)
        where TKey : notnull => new KeyValueStoreDefinition<TKey, TValue>(name, keySerde, valueSerde);

    /// <summary>A key-value store that answers <see cref="IReadOnlyKeyValueStore{TKey,TValue}.Range"/>.</summary>
    /// <param name="name">Name of the store.</param>
    /// <param name="keySerde">Serde of keys.</param>
    /// <param name="valueSerde">Serde of values.</param>
    /// <param name="order">The order of keys; null for the natural one, ordinal for text.</param>
    public static StoreDefinition OrderedKeyValue<TKey, TValue>(
        string name, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, IComparer<TKey>? order = null)
        where TKey : notnull => new KeyValueStoreDefinition<TKey, TValue>(name, keySerde, valueSerde) { IsOrdered = true, Order = order };
}
