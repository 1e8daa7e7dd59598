using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <content>Ways to bring the records of a key together.</content>
public sealed partial class KStream<TKey, TValue>
{
    /// <summary>Groups by the key as it is. Where keys may have changed, the aggregation repartitions first.</summary>
    public KGroupedStream<TKey, TValue> GroupByKey(Grouped<TKey, TValue>? grouped = null)
    {
        StreamShape<TKey, TValue> shape = _shape with { Key = grouped?.Key ?? _shape.Key, Value = grouped?.Value ?? _shape.Value };
        return new KGroupedStream<TKey, TValue>(_builder, _output, shape, grouped?.Name);
    }

    /// <summary>Groups by a new key; the aggregation repartitions first. Records whose new key is null are dropped.</summary>
    public KGroupedStream<TKeyOut, TValue> GroupBy<TKeyOut>(Func<TKey?, TValue?, TKeyOut> select, Grouped<TKeyOut, TValue>? grouped = null)
        where TKeyOut : notnull => SelectKey(select, grouped?.Name is { } name ? $"{name}-key-select" : null).GroupByKey(grouped);

    /// <summary>Writes the stream to a topic of its own and reads it again, so that all records of a key are in one partition.</summary>
    public KStream<TKey, TValue> Repartition(Repartitioned<TKey, TValue>? repartitioned = null)
    {
        string prefix = _builder.Name(repartitioned?.Name, "KSTREAM-REPARTITION-");
        return Repartition(prefix, repartitioned?.Key, repartitioned?.Value, dropsNullKeys: false, repartitioned?.Partitions, repartitioned?.Partitioner);
    }

    /// <summary>The newest value of each key, as a table with a store and changelog of its own. Records without key are dropped.</summary>
    public KTable<TKey, TValue> ToTable(Materialized<TKey, TValue>? materialized = null, string? name = null)
    {
        string own = _builder.Name(name, "KSTREAM-TOTABLE-");
        string store = materialized?.StoreName ?? _builder.Name(null, "KSTREAM-TOTABLE-STATE-STORE-");
        KStream<TKey, TValue> stream = _shape.NeedsRepartition
            ? Repartition(own, materialized?.Key, materialized?.Value, dropsNullKeys: true)
            : this;
        ISerde<TKey> key = Serdes.Require(materialized?.Key ?? _shape.Key, "keys", own);
        ISerde<TValue> value = Serdes.Require(materialized?.Value ?? _shape.Value, "values", own);
        _builder.AddStore(new KeyValueStoreDefinition<TKey, TValue>(store, key, value)
        {
            IsLogged = materialized?.IsLoggingEnabled ?? true,
            IsCached = materialized?.IsCachingEnabled ?? true,
        });
        return _builder.AddTable(stream._output, store, stream._shape with { Key = key, Value = value }, own);
    }

    /// <summary>Repartitions once for all joins that want the same topic.</summary>
    private KStream<TKey, TValue> RepartitionForJoin(string prefix, ISerde<TKey>? key, ISerde<TValue>? value, bool dropsNullKeys)
    {
        if (!_repartitioned.TryGetValue(prefix, out KStream<TKey, TValue>? stream))
        {
            stream = Repartition(prefix, key, value, dropsNullKeys);
            _repartitioned.Add(prefix, stream);
        }

        return stream;
    }

    private KStream<TKey, TValue> Repartition(
        string prefix,
        ISerde<TKey>? key,
        ISerde<TValue>? value,
        bool dropsNullKeys,
        int? partitions = null,
        Func<TKey?, TValue?, int>? partitioner = null)
    {
        ISerde<TKey> keySerde = Serdes.Require(key ?? _shape.Key, "keys", prefix);
        ISerde<TValue> valueSerde = Serdes.Require(value ?? _shape.Value, "values", prefix);
        TypedSourceDefinition<TKey, TValue> source = _builder.Repartition(_output, new RepartitionRequest<TKey, TValue>
        {
            Prefix = prefix,
            KeySerde = () => keySerde,
            ValueSerde = () => valueSerde,
            Partitions = partitions,
            Partitioner = partitioner,
            DropsNullKeys = dropsNullKeys,
        });
        return new KStream<TKey, TValue>(_builder, source, new StreamShape<TKey, TValue>(keySerde, valueSerde, NeedsRepartition: false, [source]));
    }
}
