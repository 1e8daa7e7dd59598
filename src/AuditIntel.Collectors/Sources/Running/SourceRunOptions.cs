using AuditIntel.Collectors.Sources.Fetching;

namespace AuditIntel.Collectors.Sources.Running;

/// <summary>How sources are run.</summary>
public sealed record SourceRunOptions
{
    public FetchOptions Fetch { get; init; } = new();

    /// <summary>Most passes under way at once. Default 4.</summary>
    public int MaxParallel { get; init; } = 4;

    /// <summary>Longest time between two cursors of one pass: what a killed program reads again. Longer for sources whose cursor is large. Default 5 seconds.</summary>
    public TimeSpan CursorInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Pause after a failed pass; it doubles with each further one, up to the source's interval.</summary>
    public TimeSpan FirstFailurePause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>First passes are spread over this time, so that a start does not ask a hundred hosts at once.</summary>
    public TimeSpan StartSpread { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One pass of each source at once, whatever its schedule; then the run ends.</summary>
    public bool Once { get; init; }

    /// <summary>Seed of jitter; null for another one each time.</summary>
    public int? Seed { get; init; }

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string error in Fetch.Validate())
        {
            yield return error;
        }

        if (MaxParallel is < 1 or > 256)
        {
            yield return "MaxParallel must be from 1 to 256.";
        }

        if (CursorInterval < TimeSpan.Zero || FirstFailurePause <= TimeSpan.Zero || StartSpread < TimeSpan.Zero)
        {
            yield return "Intervals must not be negative, and the pause after a failure not zero.";
        }
    }
}
