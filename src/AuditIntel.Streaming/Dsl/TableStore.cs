using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>The store that a derived table has when the user wants it.</summary>
internal sealed class TableStore<TKey, TValue>
    where TKey : notnull
{
    private TableStore(string name, StreamShape<TKey, TValue> shape)
    {
        Name = name;
        Shape = shape;
        View = TableView<TKey, TValue>.OfStore(name);
    }

    public string Name { get; }

    public StreamShape<TKey, TValue> Shape { get; }

    public TableView<TKey, TValue> View { get; }

    public IReadOnlyList<string> Stores => [Name];

    /// <returns>Null where no store is wanted.</returns>
    public static TableStore<TKey, TValue>? Add(
        StreamsBuilder builder, Materialized<TKey, TValue>? materialized, StreamShape<TKey, TValue> shape, string prefix)
    {
        if (materialized is null)
        {
            return null;
        }

        string name = materialized.StoreName ?? builder.Name(null, $"{prefix}STATE-STORE-");
        ISerde<TKey> key = Serdes.Require(materialized.Key ?? shape.Key, "keys", name);
        ISerde<TValue> value = Serdes.Require(materialized.Value ?? shape.Value, "values", name);
        builder.AddStore(new KeyValueStoreDefinition<TKey, TValue>(name, key, value)
        {
            IsLogged = materialized.IsLoggingEnabled,
            IsCached = materialized.IsCachingEnabled,
        });
        return new TableStore<TKey, TValue>(name, shape with { Key = key, Value = value });
    }

    public INode<TKey, Change<TValue>> Node(TaskContext context, INode<TKey, Change<TValue>> next, bool skipsNeedless = false) =>
        new TableStoreNode<TKey, TValue>(context.Table<TKey, TValue>(Name), skipsNeedless, next);
}
