namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>One thing that Kafka Streams documents: a topology, what goes in, what comes out.</summary>
/// <param name="Name">A sentence that says what the case shows.</param>
/// <param name="Build">Declares the topology.</param>
/// <param name="Input">
/// Steps in order: <c>topic key=value@timestamp</c> feeds a record (<c>~</c> for a null key or value), <c>clock +milliseconds</c> moves the wall clock.
/// </param>
/// <param name="Expected">Output in order: <c>key=value@timestamp</c>.</param>
public sealed record ConformanceCase(string Name, Action<CaseTopology> Build, IReadOnlyList<string> Input, IReadOnlyList<string> Expected)
{
    /// <summary>Why the case is not run on a broker; null where it is.</summary>
    public string? DriverOnly { get; init; }

    public override string ToString() => Name;
}
