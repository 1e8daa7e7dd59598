using AuditIntel.Streaming.Graph;

namespace AuditIntel.Streaming;

/// <summary>The branches of a split, tried in the order of their declaration.</summary>
public sealed class BranchedStream<TKey, TValue>
    where TKey : notnull
{
    private readonly StreamsBuilder _builder;
    private readonly SplitDefinition<TKey, TValue> _split;

    internal BranchedStream(StreamsBuilder builder, SplitDefinition<TKey, TValue> split)
    {
        _builder = builder;
        _split = split;
    }

    /// <summary>Records that meet the condition and none before.</summary>
    public KStream<TKey, TValue> Branch(Func<TKey?, TValue?, bool> condition, string name)
    {
        OperatorDefinition<TKey, TValue, TKey, TValue> branch = KStream<TKey, TValue>.Pass(_builder, name);
        _split.Branches.Add((record => condition(record.Key, record.Value), branch));
        StreamsBuilder.Link(_split, branch);
        return new KStream<TKey, TValue>(_builder, branch);
    }

    /// <summary>Records that met no condition.</summary>
    public KStream<TKey, TValue> DefaultBranch(string name) => Branch((_, _) => true, name);
}
