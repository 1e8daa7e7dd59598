using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>
/// Declares a join by foreign keys: left rows subscribe to their foreign keys through one repartition topic, foreign keys answer through another.
/// </summary>
internal sealed class ForeignKeyJoinBuilder<TKey, TValue, TForeignKey, TForeign, TOut>(
    StreamsBuilder builder,
    Func<TKey, TValue, TForeignKey?> foreignKey,
    Func<TKey, TValue, TForeign?, TOut> join,
    bool left,
    Materialized<TKey, TOut> materialized,
    string? name)
    where TKey : notnull
    where TForeignKey : notnull
{
    public KTable<TKey, TOut> Build(KTable<TKey, TValue> table, KTable<TForeignKey, TForeign> other)
    {
        table.RequireOldValues();
        string registration = Name("subscription-registration", "KTABLE-FK-JOIN-SUBSCRIPTION-REGISTRATION-");
        ISerde<TKey> keySerde = Serdes.Require(table.Shape.Key, "keys", registration);
        ISerde<TValue> valueSerde = Serdes.Require(table.Shape.Value, "values", registration);
        ISerde<TForeignKey> foreignKeySerde = Serdes.Require(other.Shape.Key, "keys", registration);
        ISerde<TForeign> foreignSerde = Serdes.Require(other.Shape.Value, "values", registration);

        var subscribe = new OperatorDefinition<TKey, Change<TValue>, TForeignKey, Subscription<TKey>>(registration, [], (_, next) =>
            new SubscribeNode<TKey, TValue, TForeignKey>(foreignKey, left, new Fingerprint<TValue>(valueSerde), next));
        builder.Connect(table.Output, subscribe);
        TypedSourceDefinition<TForeignKey, Subscription<TKey>> subscriptions = builder.Repartition(subscribe, new RepartitionRequest<TForeignKey, Subscription<TKey>>
        {
            Prefix = $"{registration}-topic",
            KeySerde = () => foreignKeySerde,
            ValueSerde = () => new SubscriptionSerde<TKey>(keySerde),
        });
        builder.CoPartition([subscriptions], other.Shape.Sources);

        OperatorDefinition<TKey, SubscriptionAnswer<TForeign>, TKey, SubscriptionAnswer<TForeign>> answers = Answers(subscriptions, other, foreignKeySerde, keySerde);
        TypedSourceDefinition<TKey, SubscriptionAnswer<TForeign>> answered = builder.Repartition(answers, new RepartitionRequest<TKey, SubscriptionAnswer<TForeign>>
        {
            Prefix = $"{Name("subscription-response", "KTABLE-FK-JOIN-SUBSCRIPTION-RESPONSE-")}-topic",
            KeySerde = () => keySerde,
            ValueSerde = () => new SubscriptionAnswerSerde<TForeign>(foreignSerde),
        });
        return Resolve(table, answered, valueSerde);
    }

    private OperatorDefinition<TKey, SubscriptionAnswer<TForeign>, TKey, SubscriptionAnswer<TForeign>> Answers(
        TypedSourceDefinition<TForeignKey, Subscription<TKey>> subscriptions,
        KTable<TForeignKey, TForeign> other,
        ISerde<TForeignKey> foreignKeySerde,
        ISerde<TKey> keySerde)
    {
        string store = Name("subscription-store", "KTABLE-FK-JOIN-SUBSCRIPTION-STATE-STORE-");
        builder.AddStore(new SubscriptionStoreDefinition<TForeignKey, TKey>(store, foreignKeySerde, keySerde));
        var process = new OperatorDefinition<TForeignKey, Subscription<TKey>, TKey, SubscriptionAnswer<TForeign>>(
            Name("subscription-processor", "KTABLE-FK-JOIN-SUBSCRIPTION-PROCESSOR-"), [store, .. other.View.Stores], (chain, next) =>
                new SubscriptionNode<TKey, TForeignKey, TForeign>(
                    chain.Context.Store<SubscriptionStore<TForeignKey, TKey>>(store), other.View.Create(chain.Context), next));
        builder.Connect(subscriptions, process);
        var change = new OperatorDefinition<TForeignKey, Change<TForeign>, TKey, SubscriptionAnswer<TForeign>>(
            Name("foreign-change", "KTABLE-FK-JOIN-SUBSCRIPTION-PROCESSOR-"), [store], (chain, next) =>
                new ForeignChangeNode<TKey, TForeignKey, TForeign>(chain.Context.Store<SubscriptionStore<TForeignKey, TKey>>(store), next));
        builder.Connect(other.Output, change);
        var answers = new OperatorDefinition<TKey, SubscriptionAnswer<TForeign>, TKey, SubscriptionAnswer<TForeign>>(
            Name("answers", "KTABLE-FK-JOIN-MERGE-"), [], (_, next) => new PassNode<TKey, SubscriptionAnswer<TForeign>>(next));
        builder.Connect(process, answers);
        builder.Connect(change, answers);
        return answers;
    }

    private KTable<TKey, TOut> Resolve(KTable<TKey, TValue> table, TypedSourceDefinition<TKey, SubscriptionAnswer<TForeign>> answered, ISerde<TValue> valueSerde)
    {
        IReadOnlyList<SourceDefinition> sources = builder.CoPartition(table.Shape.Sources, [answered]);
        StreamShape<TKey, TOut> shape = table.Shape.WithValue<TOut>(null) with { Sources = sources };
        TableStore<TKey, TOut> stored = TableStore<TKey, TOut>.Add(builder, materialized, shape, "KTABLE-FK-JOIN-OUTPUT-")!;
        var resolve = new OperatorDefinition<TKey, SubscriptionAnswer<TForeign>, TKey, Change<TOut>>(
            Name("output", "KTABLE-FK-JOIN-OUTPUT-"), [.. table.View.Stores, .. stored.Stores], (chain, next) =>
                new ResolveNode<TKey, TValue, TForeign, TOut>(
                    table.View.Create(chain.Context),
                    join,
                    left,
                    new Fingerprint<TValue>(valueSerde),
                    stored.Node(chain.Context, next, skipsNeedless: true)));
        builder.Connect(answered, resolve);
        if (left)
        {
            var selfAnswer = new OperatorDefinition<TKey, Change<TValue>, TKey, SubscriptionAnswer<TForeign>>(
                Name("self-answer", "KTABLE-FK-JOIN-SELF-ANSWER-"), [], (_, next) =>
                    new SelfAnswerNode<TKey, TValue, TForeignKey, TForeign>(foreignKey, new Fingerprint<TValue>(valueSerde), next));
            builder.Connect(table.Output, selfAnswer);
            builder.Connect(selfAnswer, resolve);
        }

        return new KTable<TKey, TOut>(builder, resolve, stored.View, stored.Name, stored.Shape, new OldValues([]));
    }

    private string Name(string suffix, string prefix) => builder.Name(name is null ? null : $"{name}-{suffix}", prefix);
}
