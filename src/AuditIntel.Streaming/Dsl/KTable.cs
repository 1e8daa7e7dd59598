using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming;

/// <summary>The newest value of each key.</summary>
public sealed class KTable<TKey, TValue>
    where TKey : notnull
{
    private readonly StreamsBuilder _builder;
    private readonly IOutput<TKey, Change<TValue>> _output;

    internal KTable(StreamsBuilder builder, IOutput<TKey, Change<TValue>> output, string storeName)
    {
        _builder = builder;
        _output = output;
        StoreName = storeName;
    }

    /// <summary>Store that holds the table.</summary>
    public string StoreName { get; }

    /// <summary>The table's changes as a stream; a null value is a deletion.</summary>
    public KStream<TKey, TValue> ToStream(string? name = null)
    {
        var definition = new OperatorDefinition<TKey, Change<TValue>, TKey, TValue>(
            _builder.Name(name, "KTABLE-TOSTREAM-"), [], (_, next) => new TableToStreamNode<TKey, TValue>(next));
        _builder.Connect(_output, definition);
        return new KStream<TKey, TValue>(_builder, definition);
    }
}
