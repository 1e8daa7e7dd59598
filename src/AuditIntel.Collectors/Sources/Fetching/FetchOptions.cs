namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>What all sources share in fetching.</summary>
public sealed record FetchOptions
{
    /// <summary>Tries of one page. Default 4.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Pause before the second try; it doubles, with jitter, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest Retry-After that is waited for within a pass; for a longer one the source rests until then.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most redirects of one page.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>Failures in a row of one host after which it is left alone.</summary>
    public int FailuresThatBreak { get; init; } = 8;

    /// <summary>How long it is left alone.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an answer of robots.txt holds (RFC 9309 allows a day).</summary>
    public TimeSpan RobotsLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Token for the GitHub API, from the environment; null to ask without. Sent to api.github.com only, over https.</summary>
    public string? GitHubToken { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (MaxAttempts is < 1 or > 20)
        {
            yield return "MaxAttempts must be from 1 to 20.";
        }

        if (FirstPause <= TimeSpan.Zero || LongestPause < FirstPause)
        {
            yield return "FirstPause must be positive and not above LongestPause.";
        }

        if (MaxRedirects is < 0 or > 20)
        {
            yield return "MaxRedirects must be from 0 to 20.";
        }

        if (FailuresThatBreak < 2)
        {
            yield return "FailuresThatBreak must be 2 or more.";
        }

        if (BreakDuration < TimeSpan.FromMilliseconds(500))
        {
            yield return "BreakDuration must be half a second or more.";
        }
    }
}
