using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming;

/// <content>Joins with tables: each record with the table as it is at that moment.</content>
public sealed partial class KStream<TKey, TValue>
{
    /// <summary>Joins each record with the table's value of its key; records without key or value, and those whose key the table lacks, are dropped.</summary>
    public KStream<TKey, TValueOut> Join<TTable, TValueOut>(
        KTable<TKey, TTable> table, Func<TKey?, TValue, TTable, TValueOut> join, string? name = null, Joined<TKey, TValue>? joined = null) =>
        JoinTable<TTable, TValueOut>(table, (key, value, other) => join(key, value, other!), left: false, name, joined);

    /// <summary>
    /// Joins each record with the table's value of its key, null (or <c>default</c>) where the table lacks it. A record without key is joined with
    /// nothing (KIP-962); one without value is dropped.
    /// </summary>
    public KStream<TKey, TValueOut> LeftJoin<TTable, TValueOut>(
        KTable<TKey, TTable> table, Func<TKey?, TValue, TTable?, TValueOut> join, string? name = null, Joined<TKey, TValue>? joined = null) =>
        JoinTable(table, join, left: true, name, joined);

    /// <summary>Joins each record with the global table's value of the key that the function chooses; nothing is repartitioned.</summary>
    public KStream<TKey, TValueOut> Join<TTableKey, TTable, TValueOut>(
        GlobalKTable<TTableKey, TTable> table, Func<TKey?, TValue, TTableKey?> select, Func<TKey?, TValue, TTable, TValueOut> join, string? name = null)
        where TTableKey : notnull =>
        JoinGlobal<TTableKey, TTable, TValueOut>(table, select, (key, value, other) => join(key, value, other!), left: false, name);

    /// <summary>The same, null (or <c>default</c>) where the table lacks the key or the function gives none.</summary>
    public KStream<TKey, TValueOut> LeftJoin<TTableKey, TTable, TValueOut>(
        GlobalKTable<TTableKey, TTable> table, Func<TKey?, TValue, TTableKey?> select, Func<TKey?, TValue, TTable?, TValueOut> join, string? name = null)
        where TTableKey : notnull => JoinGlobal(table, select, join, left: true, name);

    private KStream<TKey, TValueOut> JoinTable<TTable, TValueOut>(
        KTable<TKey, TTable> table, Func<TKey?, TValue, TTable?, TValueOut> join, bool left, string? name, Joined<TKey, TValue>? joined)
    {
        string? wanted = name ?? joined?.Name;
        KStream<TKey, TValue> stream = this;
        if (_shape.NeedsRepartition)
        {
            stream = RepartitionForJoin(wanted ?? _output.Node.Name, joined?.Key, joined?.Value, dropsNullKeys: !left);
        }

        IReadOnlyList<SourceDefinition> sources = _builder.CoPartition(stream._shape.Sources, table.Shape.Sources);
        StreamShape<TKey, TValueOut> shape = stream._shape.WithValue<TValueOut>(null) with { Sources = sources };
        return stream.Append(wanted, left ? "KSTREAM-LEFTJOIN-" : "KSTREAM-JOIN-", table.View.Stores, shape, (chain, next) =>
            new StreamTableJoinNode<TKey, TValue, TTable, TValueOut>(table.View.Create(chain.Context), join, left, chain.Context, next));
    }

    private KStream<TKey, TValueOut> JoinGlobal<TTableKey, TTable, TValueOut>(
        GlobalKTable<TTableKey, TTable> table, Func<TKey?, TValue, TTableKey?> select, Func<TKey?, TValue, TTable?, TValueOut> join, bool left, string? name)
        where TTableKey : notnull => Append(
            name, left ? "KSTREAM-LEFTJOIN-" : "KSTREAM-JOIN-", [], _shape.WithValue<TValueOut>(null), (chain, next) =>
                new GlobalJoinNode<TKey, TValue, TTableKey, TTable, TValueOut>(
                    chain.Context.GlobalStore<TTableKey, TTable>(table.StoreName), select, join, left, chain.Context, next));
}
