using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming;

/// <summary>The newest value of each key.</summary>
public sealed partial class KTable<TKey, TValue>
    where TKey : notnull
{
    private readonly StreamsBuilder _builder;
    private readonly IOutput<TKey, Change<TValue>> _output;
    private readonly OldValues _oldValues;

    internal KTable(
        StreamsBuilder builder,
        IOutput<TKey, Change<TValue>> output,
        TableView<TKey, TValue> view,
        string? storeName,
        StreamShape<TKey, TValue> shape,
        OldValues oldValues)
    {
        _builder = builder;
        _output = output;
        _oldValues = oldValues;
        View = view;
        StoreName = storeName;
        Shape = shape;
    }

    /// <summary>Store that holds the table; null where it is computed from others.</summary>
    public string? StoreName { get; }

    internal TableView<TKey, TValue> View { get; }

    internal StreamShape<TKey, TValue> Shape { get; }

    internal IOutput<TKey, Change<TValue>> Output => _output;

    /// <summary>When the result of a window is final; null for tables without windows.</summary>
    internal WindowClosing<TKey>? Closing { get; init; }

    /// <summary>The table's changes as a stream; a null value is a deletion.</summary>
    public KStream<TKey, TValue> ToStream(string? name = null)
    {
        var definition = new OperatorDefinition<TKey, Change<TValue>, TKey, TValue>(
            _builder.Name(name, "KTABLE-TOSTREAM-"), [], (_, next) => new TableToStreamNode<TKey, TValue>(next));
        _builder.Connect(_output, definition);
        return new KStream<TKey, TValue>(_builder, definition, Shape);
    }

    /// <summary>The table's changes as a stream with other keys.</summary>
    public KStream<TKeyOut, TValue> ToStream<TKeyOut>(Func<TKey?, TValue?, TKeyOut> select, string? name = null)
        where TKeyOut : notnull => ToStream(name).SelectKey(select);

    /// <summary>Keys whose value meets the condition. A key whose value does not any more is deleted.</summary>
    public KTable<TKey, TValue> Filter(Func<TKey, TValue, bool> condition, Materialized<TKey, TValue>? materialized = null, string? name = null)
    {
        var old = new OldValues([_oldValues]);
        bool stored = materialized is not null;
        var view = new TableView<TKey, TValue>(View.Stores, context => new FilteredView<TKey, TValue>(View.Create(context), condition));
        return Derive(name, "KTABLE-FILTER-", materialized, Shape, view, old, next =>
            new TableFilterNode<TKey, TValue>(condition, stored || old.AreNeeded, next));
    }

    /// <summary>Keys whose value does not meet the condition.</summary>
    public KTable<TKey, TValue> FilterNot(Func<TKey, TValue, bool> condition, Materialized<TKey, TValue>? materialized = null, string? name = null) =>
        Filter((key, value) => !condition(key, value), materialized, name);

    /// <summary>Changes values. The function is not asked about deletions.</summary>
    public KTable<TKey, TValueOut> MapValues<TValueOut>(
        Func<TKey, TValue, TValueOut> map, Materialized<TKey, TValueOut>? materialized = null, string? name = null)
    {
        var view = new TableView<TKey, TValueOut>(View.Stores, context => new MappedView<TKey, TValue, TValueOut>(View.Create(context), map));
        return Derive(name, "KTABLE-MAPVALUES-", materialized, Shape.WithValue<TValueOut>(null), view, new OldValues([_oldValues]), next =>
            new TableMapValuesNode<TKey, TValue, TValueOut>(map, next));
    }

    /// <summary>Groups the table's rows by new keys: an aggregation subtracts what a row was and adds what it is.</summary>
    public KGroupedTable<TKeyOut, TValueOut> GroupBy<TKeyOut, TValueOut>(
        Func<TKey, TValue, (TKeyOut Key, TValueOut Value)> select, Grouped<TKeyOut, TValueOut>? grouped = null)
        where TKeyOut : notnull
    {
        _oldValues.Require();
        var definition = new OperatorDefinition<TKey, Change<TValue>, TKeyOut, Change<TValueOut>>(
            _builder.Name(grouped?.Name is { } name ? $"{name}-select" : null, "KTABLE-SELECT-"),
            [],
            (_, next) => new TableRegroupNode<TKey, TValue, TKeyOut, TValueOut>(select, next));
        _builder.Connect(_output, definition);
        return new KGroupedTable<TKeyOut, TValueOut>(_builder, definition, grouped ?? new Grouped<TKeyOut, TValueOut>());
    }

    /// <summary>Somebody behind needs to know what a key's value was.</summary>
    internal void RequireOldValues() => _oldValues.Require();

    /// <summary>A table made of this one's changes, with a store of its own only where the user wants one.</summary>
    private KTable<TKey, TValueOut> Derive<TValueOut>(
        string? name,
        string prefix,
        Materialized<TKey, TValueOut>? materialized,
        StreamShape<TKey, TValueOut> shape,
        TableView<TKey, TValueOut> computed,
        OldValues old,
        Func<INode<TKey, Change<TValueOut>>, INode<TKey, Change<TValue>>> create)
    {
        TableStore<TKey, TValueOut>? stored = TableStore<TKey, TValueOut>.Add(_builder, materialized, shape, prefix);
        var definition = new OperatorDefinition<TKey, Change<TValue>, TKey, Change<TValueOut>>(
            _builder.Name(name, prefix), stored?.Stores ?? [], (chain, next) => create(stored?.Node(chain.Context, next) ?? next));
        _builder.Connect(_output, definition);
        return new KTable<TKey, TValueOut>(_builder, definition, stored?.View ?? computed, stored?.Name, stored?.Shape ?? shape, old)
        {
            Closing = Closing,
        };
    }
}
