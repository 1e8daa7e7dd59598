using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming;

/// <content>Joins with other tables: a row of the result follows the rows of both.</content>
public sealed partial class KTable<TKey, TValue>
{
    /// <summary>Rows that both tables have.</summary>
    public KTable<TKey, TOut> Join<TOther, TOut>(
        KTable<TKey, TOther> other, Func<TKey, TValue, TOther, TOut> join, Materialized<TKey, TOut>? materialized = null, string? name = null) =>
        JoinTable<TOther, TOut>(other, (key, left, right) => join(key, left!, right!), keepsLeft: false, keepsRight: false, materialized, name);

    /// <summary>Rows that this table has; the other's value is null (or <c>default</c>) where it lacks the key.</summary>
    public KTable<TKey, TOut> LeftJoin<TOther, TOut>(
        KTable<TKey, TOther> other, Func<TKey, TValue, TOther?, TOut> join, Materialized<TKey, TOut>? materialized = null, string? name = null)
    {
        _oldValues.Require();
        return JoinTable<TOther, TOut>(other, (key, left, right) => join(key, left!, right), keepsLeft: true, keepsRight: false, materialized, name);
    }

    /// <summary>Rows that either table has; the value of the one that lacks the key is null (or <c>default</c>).</summary>
    public KTable<TKey, TOut> OuterJoin<TOther, TOut>(
        KTable<TKey, TOther> other, Func<TKey, TValue?, TOther?, TOut> join, Materialized<TKey, TOut>? materialized = null, string? name = null)
    {
        _oldValues.Require();
        other._oldValues.Require();
        return JoinTable(other, join, keepsLeft: true, keepsRight: true, materialized, name);
    }

    private KTable<TKey, TOut> JoinTable<TOther, TOut>(
        KTable<TKey, TOther> other, Func<TKey, TValue?, TOther?, TOut> join, bool keepsLeft, bool keepsRight, Materialized<TKey, TOut>? materialized, string? name)
    {
        string merge = _builder.Name(name, "KTABLE-MERGE-");
        string thisName = _builder.Name(name is null ? null : $"{name}-join-this", "KTABLE-JOINTHIS-");
        string otherName = _builder.Name(name is null ? null : $"{name}-join-other", "KTABLE-JOINOTHER-");
        StreamShape<TKey, TOut> shape = Shape.WithValue<TOut>(null) with { Sources = _builder.CoPartition(Shape.Sources, other.Shape.Sources) };
        TableStore<TKey, TOut>? stored = TableStore<TKey, TOut>.Add(_builder, materialized, shape, "KTABLE-JOIN-");

        var left = new OperatorDefinition<TKey, Change<TValue>, TKey, Change<TOut>>(thisName, other.View.Stores, (chain, next) =>
            new TableJoinNode<TKey, TValue, TOther, TOut>(other.View.Create(chain.Context), join, keepsRight, keepsLeft, next));
        _builder.Connect(_output, left);
        var right = new OperatorDefinition<TKey, Change<TOther>, TKey, Change<TOut>>(otherName, View.Stores, (chain, next) =>
            new TableJoinNode<TKey, TOther, TValue, TOut>(
                View.Create(chain.Context), (key, theirs, mine) => join(key, mine, theirs), keepsLeft, keepsRight, next));
        _builder.Connect(other._output, right);
        var merged = new OperatorDefinition<TKey, Change<TOut>, TKey, Change<TOut>>(merge, stored?.Stores ?? [], (chain, next) =>
            stored?.Node(chain.Context, next) ?? new PassNode<TKey, Change<TOut>>(next));
        _builder.Connect(left, merged);
        _builder.Connect(right, merged);

        var computed = new TableView<TKey, TOut>([.. View.Stores.Union(other.View.Stores)], context =>
            new JoinedView<TKey, TValue, TOther, TOut>(View.Create(context), other.View.Create(context), join, keepsLeft, keepsRight));
        return new KTable<TKey, TOut>(
            _builder, merged, stored?.View ?? computed, stored?.Name, stored?.Shape ?? shape, new OldValues([_oldValues, other._oldValues]))
        {
            Closing = Closing,
        };
    }
}
