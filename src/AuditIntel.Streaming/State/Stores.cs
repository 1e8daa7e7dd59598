namespace AuditIntel.Streaming.State;

/// <summary>Makes store definitions.</summary>
public static class Stores
{
    /// <summary>A key-value store in memory, rebuilt from its changelog topic <c>applicationId-name-changelog</c>.</summary>
    public static StoreDefinition KeyValue<TKey, TValue>(string name, ISerde<TKey> keySerde, ISerde<TValue> valueSerde)
        where TKey : notnull => new KeyValueStoreDefinition<TKey, TValue>(name, keySerde, valueSerde);
}
