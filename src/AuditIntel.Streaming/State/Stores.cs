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

    /// <summary>A store of windows of one size.</summary>
    /// <param name="name">Name of the store.</param>
    /// <param name="keySerde">Serde of keys.</param>
    /// <param name="valueSerde">Serde of values.</param>
    /// <param name="windowSize">Length of a window.</param>
    /// <param name="retention">How long windows are kept behind the newest; at least the size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The retention is shorter than the size.</exception>
    public static StoreDefinition Window<TKey, TValue>(
        string name, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, TimeSpan windowSize, TimeSpan retention)
        where TKey : notnull => retention >= windowSize
            ? new WindowStoreDefinition<TKey, TValue>(
                name,
                keySerde,
                valueSerde,
                SegmentLayout.Indexed(Durations.PositiveMs(retention, nameof(retention))),
                Durations.NotNegativeMs(windowSize, nameof(windowSize)))
            : throw new ArgumentOutOfRangeException(nameof(retention), retention, $"Store '{name}' would forget windows before they end.");

    /// <summary>A store of sessions.</summary>
    /// <param name="name">Name of the store.</param>
    /// <param name="keySerde">Serde of keys.</param>
    /// <param name="valueSerde">Serde of values.</param>
    /// <param name="retention">How long sessions are kept behind the newest.</param>
    public static StoreDefinition Session<TKey, TValue>(string name, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, TimeSpan retention)
        where TKey : notnull => new SessionStoreDefinition<TKey, TValue>(name, keySerde, valueSerde, Durations.PositiveMs(retention, nameof(retention)));
}
