namespace AuditIntel.Streaming;

/// <summary>Begins a <see cref="Materialized{TKey,TValue}"/>.</summary>
public static class Materialized
{
    public static Materialized<TKey, TValue> As<TKey, TValue>(string storeName, ISerde<TKey>? key = null, ISerde<TValue>? value = null) =>
        new() { StoreName = storeName, Key = key, Value = value };

    public static Materialized<TKey, TValue> With<TKey, TValue>(ISerde<TKey> key, ISerde<TValue> value) => new() { Key = key, Value = value };
}
