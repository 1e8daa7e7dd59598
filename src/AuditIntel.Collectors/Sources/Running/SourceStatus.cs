using AuditIntel.Collectors.Sources.Fetching;

namespace AuditIntel.Collectors.Sources.Running;

/// <summary>One source at a moment.</summary>
public sealed record SourceStatus
{
    public required string Id { get; init; }

    public SourceCondition Condition { get; init; } = SourceCondition.Waiting;

    /// <summary>Start of the first failed pass since the last good one; null when it does not fail.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Passes that failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Why the last pass failed; null when it did not, or when it was no matter of fetching.</summary>
    public FetchFault? Fault { get; init; }

    /// <summary>One sentence on it.</summary>
    public string? Message { get; init; }

    /// <summary>When the next pass is due; null while one runs, and when there is none.</summary>
    public DateTimeOffset? NextRun { get; init; }

    /// <summary>Findings read since the start, whether new or not.</summary>
    public long Findings { get; init; }

    /// <summary>Records sent since the start: new and changed ones.</summary>
    public long Published { get; init; }

    /// <summary>Of these, dead letters.</summary>
    public long DeadLetters { get; init; }

    /// <summary>Pages since the start that were as before (304).</summary>
    public long NotModified { get; init; }
}
