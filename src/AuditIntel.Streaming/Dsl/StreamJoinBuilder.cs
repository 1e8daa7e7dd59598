using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>Declares stores and nodes of a join of two streams, named as Kafka Streams names them.</summary>
internal sealed class StreamJoinBuilder<TKey, TLeft, TRight, TOut>(
    StreamsBuilder builder,
    JoinWindows windows,
    Func<TKey?, TLeft?, TRight?, TOut> join,
    bool keepsLeft,
    bool keepsRight,
    StreamJoined<TKey, TLeft, TRight> joined)
    where TKey : notnull
{
    public KStream<TKey, TOut> Build(
        IOutput<TKey, TLeft> left, StreamShape<TKey, TLeft> leftShape, IOutput<TKey, TRight> right, StreamShape<TKey, TRight> rightShape)
    {
        string windowedThis = Name("this-windowed", "KSTREAM-WINDOWED-");
        string windowedOther = Name("other-windowed", "KSTREAM-WINDOWED-");
        string thisName = Name(keepsRight ? "outer-this-join" : "this-join", keepsRight ? "KSTREAM-OUTERTHIS-" : "KSTREAM-JOINTHIS-");
        string otherName = Name(keepsLeft ? "outer-other-join" : "other-join", keepsLeft ? "KSTREAM-OUTEROTHER-" : "KSTREAM-JOINOTHER-");
        string mergeName = Name("merge", "KSTREAM-MERGE-");
        ISerde<TKey> key = Serdes.Require(joined.Key ?? leftShape.Key ?? rightShape.Key, "keys", thisName);
        ISerde<TLeft> leftSerde = Serdes.Require(joined.Value ?? leftShape.Value, "values", thisName);
        ISerde<TRight> rightSerde = Serdes.Require(joined.Other ?? rightShape.Value, "values", otherName);

        string leftStore = Store("this-join", thisName, key, leftSerde);
        string rightStore = Store("other-join", otherName, key, rightSerde);
        string? pending = Pending(thisName, key, leftSerde, rightSerde);
        string[] shared = pending is null ? [] : [pending];

        var leftSide = new StreamJoinSide(windows.BeforeMs, windows.AfterMs, windows.GraceMs, keepsLeft);
        var rightSide = new StreamJoinSide(windows.AfterMs, windows.BeforeMs, windows.GraceMs, keepsRight);
        OperatorDefinition<TKey, TLeft, TKey, TOut> leftNode = new(thisName, [rightStore, .. shared], (chain, next) => new StreamJoinNode<TKey, TLeft, TRight, TOut>(
            leftSide,
            chain.Context.Store<WindowStore<TKey, TLeft>>(leftStore),
            chain.Context.Store<WindowStore<TKey, TRight>>(rightStore),
            join,
            Waiting(chain, pending, next)?.ForLeft(),
            chain.Context,
            next));
        OperatorDefinition<TKey, TRight, TKey, TOut> rightNode = new(otherName, [leftStore, .. shared], (chain, next) => new StreamJoinNode<TKey, TRight, TLeft, TOut>(
            rightSide,
            chain.Context.Store<WindowStore<TKey, TRight>>(rightStore),
            chain.Context.Store<WindowStore<TKey, TLeft>>(leftStore),
            (each, theirs, mine) => join(each, mine, theirs),
            Waiting(chain, pending, next)?.ForRight(),
            chain.Context,
            next));
        // Each side's node keeps its own records too; in the picture that is a node of its own, as in Kafka Streams.
        OperatorDefinition<TKey, TLeft, TKey, TLeft> leftWindow = new(windowedThis, [leftStore], (_, next) => new PassNode<TKey, TLeft>(next));
        OperatorDefinition<TKey, TRight, TKey, TRight> rightWindow = new(windowedOther, [rightStore], (_, next) => new PassNode<TKey, TRight>(next));
        builder.Connect(left, leftWindow);
        builder.Connect(right, rightWindow);
        builder.Connect(leftWindow, leftNode);
        builder.Connect(rightWindow, rightNode);
        OperatorDefinition<TKey, TOut, TKey, TOut> merge = KStream<TKey, TOut>.Pass(builder, mergeName);
        builder.Connect(leftNode, merge);
        builder.Connect(rightNode, merge);
        return new KStream<TKey, TOut>(
            builder,
            merge,
            new StreamShape<TKey, TOut>(key, null, NeedsRepartition: false, builder.CoPartition(leftShape.Sources, rightShape.Sources)));
    }

    private string Name(string suffix, string prefix) => builder.Name(joined.Name is null ? null : $"{joined.Name}-{suffix}", prefix);

    private string Store<TValue>(string suffix, string node, ISerde<TKey> key, ISerde<TValue> value)
    {
        string name = joined.StoreName is null ? $"{node}-store" : $"{joined.StoreName}-{suffix}-store";
        long retention = windows.BeforeMs + windows.AfterMs + windows.GraceMs + 1;
        builder.AddStore(new WindowStoreDefinition<TKey, TValue>(name, key, value, SegmentLayout.Indexed(retention), windows.BeforeMs + windows.AfterMs)
        {
            RetainsDuplicates = true,
            IsLogged = joined.IsLoggingEnabled,
        });
        return name;
    }

    /// <summary>The store of records that have met none yet; null for inner joins.</summary>
    private string? Pending(string node, ISerde<TKey> key, ISerde<TLeft> left, ISerde<TRight> right)
    {
        if (!keepsLeft && !keepsRight)
        {
            return null;
        }

        string suffix = keepsRight ? "outer-shared-join-store" : "left-shared-join-store";
        string name = (joined.StoreName ?? joined.Name) is { } wanted ? $"{wanted}-{suffix}" : $"KSTREAM-OUTERSHARED-{node[^10..]}-store";
        builder.AddStore(new KeyValueStoreDefinition<PendingKey<TKey>, PendingValue<TLeft, TRight>>(
            name, new PendingKeySerde<TKey>(key), new PendingValueSerde<TLeft, TRight>(left, right))
        {
            IsOrdered = true,
            Order = PendingKey<TKey>.Order,
            IsLogged = joined.IsLoggingEnabled,
        });
        return name;
    }

    private UnjoinedRecords<TKey, TLeft, TRight, TOut>? Waiting(TaskChain chain, string? pending, INode<TKey, TOut> next) => pending is null
        ? null
        : chain.Shared(this, () => new UnjoinedRecords<TKey, TLeft, TRight, TOut>(
            chain.Context.Store<OrderedKeyValueStore<PendingKey<TKey>, PendingValue<TLeft, TRight>>>(pending), windows, join, next));
}
