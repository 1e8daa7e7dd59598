using AuditIntel.Streaming;

namespace AuditIntel.Topologies.DeadLetters;

/// <summary>A record that a topology sets aside, and why.</summary>
/// <param name="Error">The record with its bytes.</param>
/// <param name="Stage">deserialize, validate or process.</param>
/// <param name="ErrorClass">Kebab case, of a closed set.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record RefusedRecord(ErrorContext Error, string Stage, string ErrorClass, string Reason)
{
    /// <value>What tells it apart when it comes again; null takes its place on the topic and its bytes.</value>
    public string? Identity { get; init; }

    public string? Platform { get; init; }

    public string? SourcePath { get; init; }
}
