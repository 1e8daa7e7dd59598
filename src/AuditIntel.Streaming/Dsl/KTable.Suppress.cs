using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <content>Holding updates back.</content>
public sealed partial class KTable<TKey, TValue>
{
    /// <summary>Holds updates back, so that fewer go downstream: until windows close, or for a stretch of stream time.</summary>
    /// <exception cref="StreamsException">Results are to wait for their windows to close, but the table is not windowed.</exception>
    public KTable<TKey, TValue> Suppress(Suppressed suppressed)
    {
        string name = _builder.Name(suppressed.Name, "KTABLE-SUPPRESS-");
        if (suppressed.Wait is null && Closing is null)
        {
            throw new StreamsException($"'{name}' waits for windows to close, but its table is not windowed: aggregate by windows before.");
        }

        _oldValues.Require();
        string store = suppressed.Name is null ? _builder.Name(null, "KTABLE-SUPPRESS-STATE-STORE-") : $"{suppressed.Name}-store";
        ISerde<TKey> key = Serdes.Require(Shape.Key, "keys", name);
        ISerde<TValue> value = Serdes.Require(Shape.Value, "values", name);
        _builder.AddStore(new SuppressionBufferDefinition<TKey, TValue>(store, key, value));
        WindowClosing<TKey>? closing = suppressed.Wait is null ? Closing : null;
        long waitMs = suppressed.Wait is { } wait ? Durations.NotNegativeMs(wait, nameof(suppressed)) : Closing!.AfterMs;
        var definition = new OperatorDefinition<TKey, Change<TValue>, TKey, Change<TValue>>(name, [store], (chain, next) =>
            new SuppressNode<TKey, TValue>(chain.Context.Store<SuppressionBuffer<TKey, TValue>>(store), closing, waitMs, suppressed.Buffer, next));
        _builder.Connect(_output, definition);
        return new KTable<TKey, TValue>(_builder, definition, View, StoreName, Shape, _oldValues) { Closing = Closing };
    }
}
