using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;

namespace AuditIntel.Collectors.Sources.Running;

/// <summary>What one look at a source gave.</summary>
public sealed record SourceCheckResult
{
    public required SourceDefinition Source { get; init; }

    /// <summary>Why it cannot be read; null when it can.</summary>
    public FetchFault? Fault { get; init; }

    /// <summary>Sentences on what is wrong.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Status of the last answer; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Findings and contests that the page gives.</summary>
    public int Items { get; init; }

    /// <summary>Pieces of it that cannot be mapped.</summary>
    public int Refused { get; init; }

    /// <summary>Requests sent, robots.txt included.</summary>
    public long Requests { get; init; }

    /// <summary>Tries that were repeated.</summary>
    public long Retries { get; init; }

    public TimeSpan Elapsed { get; init; }

    public bool IsGood => Fault is null && Refused == 0;
}
