namespace AuditIntel.Cli.Ingestion;

/// <summary>Files of one run.</summary>
internal sealed record FileCounts
{
    public required long Read { get; init; }

    /// <summary>Left alone because they are no source of findings, such as images.</summary>
    public required long Skipped { get; init; }
}
