namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>The topology of one case, whose topics and names carry a prefix: all cases run in one instance on the broker.</summary>
public sealed class CaseTopology(StreamsBuilder builder, string prefix)
{
    public const string Output = "out";

    /// <summary>Topic of global tables, which a broker run fills before it starts: later records of it are read without regard to others.</summary>
    public const string GlobalInput = "global";

    private Func<byte[]?, byte[]?, string> _render = (_, _) => throw new InvalidOperationException("The case has no output.");

    public StreamsBuilder Builder => builder;

    /// <summary>Topics that the case feeds.</summary>
    public HashSet<string> Inputs { get; } = [];

    public string Topic(string name) => prefix + name;

    /// <summary>A name of the case's own, for stores and nodes.</summary>
    public string Name(string name) => prefix + name;

    public KStream<string, string> Stream(string topic = "in")
    {
        Inputs.Add(topic);
        return builder.Stream(Topic(topic), new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8));
    }

    public KStream<string, long> Numbers(string topic = "in") => Stream(topic).MapValues((_, value) => long.Parse(value!));

    public KTable<string, string> Table(string topic = "in")
    {
        Inputs.Add(topic);
        return builder.Table(Topic(topic), new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8));
    }

    public GlobalKTable<string, string> Global()
    {
        Inputs.Add(GlobalInput);
        return builder.GlobalTable(Topic(GlobalInput), new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8), Name("global-store"));
    }

    public void Out(KStream<string, string> stream) => Out(stream, Serdes.Utf8, Serdes.Utf8);

    public void Out(KStream<string, long> stream) => Out(stream, Serdes.Utf8, Serdes.Int64);

    public void Out(KTable<string, string> table) => Out(table.ToStream());

    public void Out(KTable<string, long> table) => Out(table.ToStream());

    /// <summary>Windows as <c>[key@start/end]</c>.</summary>
    public void Out(KTable<Windowed<string>, long> table) => Out(table.ToStream((key, _) => key.ToString()));

    /// <summary>Windows as <c>[key@start/end]</c>.</summary>
    public void Out(KTable<Windowed<string>, string> table) => Out(table.ToStream((key, _) => key.ToString()));

    public void Out<TKey, TValue>(KStream<TKey, TValue> stream, ISerde<TKey> key, ISerde<TValue> value)
        where TKey : notnull
    {
        stream.To(Topic(Output), new Produced<TKey, TValue>(key, value));
        _render = (keyBytes, valueBytes) => $"{Text(key, keyBytes)}={Text(value, valueBytes)}";
    }

    /// <summary>An output record as the case expects it.</summary>
    public string Render(byte[]? key, byte[]? value, long timestampMs) => $"{_render(key, value)}@{timestampMs}";

    private static string Text<T>(ISerde<T> serde, byte[]? bytes) => bytes is null ? "~" : serde.Deserialize(Output, bytes)!.ToString()!;
}
