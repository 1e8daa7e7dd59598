using AuditIntel.Streaming.Graph;

namespace AuditIntel.Streaming;

/// <summary>The branches of a split, tried in the order of their declaration.</summary>
public sealed class BranchedStream<TKey, TValue>
    where TKey : notnull
{
    private readonly StreamsBuilder _builder;
    private readonly SplitDefinition<TKey, TValue> _split;
    private readonly StreamShape<TKey, TValue> _shape;

    internal BranchedStream(StreamsBuilder builder, SplitDefinition<TKey, TValue> split, StreamShape<TKey, TValue> shape)
    {
        _builder = builder;
        _split = split;
        _shape = shape;
    }

    /// <summary>Records that meet the condition and none before.</summary>
    /// <param name="condition">What records the branch takes.</param>
    /// <param name="name">Name of the branch; null for the split's name and a number.</param>
    public KStream<TKey, TValue> Branch(Func<TKey?, TValue?, bool> condition, string? name = null)
    {
        OperatorDefinition<TKey, TValue, TKey, TValue> branch = KStream<TKey, TValue>.Pass(_builder, name ?? $"{_split.Name}-{_split.Branches.Count + 1}");
        _split.Branches.Add((condition, branch));
        StreamsBuilder.Link(_split, branch);
        return new KStream<TKey, TValue>(_builder, branch, _shape);
    }

    /// <summary>Records that met no condition.</summary>
    /// <param name="name">Name of the branch; null for the split's name and 0.</param>
    public KStream<TKey, TValue> DefaultBranch(string? name = null) => Branch((_, _) => true, name ?? $"{_split.Name}-0");
}
