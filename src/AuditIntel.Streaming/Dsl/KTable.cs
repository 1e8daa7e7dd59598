using AuditIntel.Streaming.Graph;

namespace AuditIntel.Streaming;

/// <summary>The newest value of each key.</summary>
public sealed class KTable<TKey, TValue>
    where TKey : notnull
{
    private readonly StreamsBuilder _builder;
    private readonly IOutput<TKey, TValue> _output;

    internal KTable(StreamsBuilder builder, IOutput<TKey, TValue> output, string storeName)
    {
        _builder = builder;
        _output = output;
        StoreName = storeName;
    }

    /// <summary>Store that holds the table.</summary>
    public string StoreName { get; }

    /// <summary>The table's changes as a stream; a null value is a deletion.</summary>
    public KStream<TKey, TValue> ToStream() => new(_builder, _output);
}
