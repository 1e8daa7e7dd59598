using System.Globalization;

namespace AuditIntel.Collectors.Chain.Nodes;

/// <summary>How the nodes of one chain are reached.</summary>
public sealed record NodeOptions
{
    /// <summary>HTTP(S) endpoints, the preferred one first; the others stand in for it.</summary>
    public required IReadOnlyList<Uri> Endpoints { get; init; }

    /// <summary>WebSocket endpoint that announces new blocks; null to ask from time to time.</summary>
    public Uri? WebSocket { get; init; }

    /// <summary>EIP-155 id that every endpoint must serve; null to take that of the first one that answers.</summary>
    public long? ChainId { get; init; }

    /// <summary>Longest wait for one answer. Default 20 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Tries of one question over all endpoints before it fails. Default 8.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>Pause before the second try when no other endpoint is at hand; it doubles, with jitter, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause between tries; a node's own Retry-After may ask for more, up to a minute.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most calls in one request; nodes that refuse get fewer. Default 40.</summary>
    public int BatchSize { get; init; } = 40;

    /// <summary>Most requests a second to one endpoint; 0 for no limit. Default 25.</summary>
    public double RequestsPerSecond { get; init; } = 25;

    /// <summary>Largest answer, in bytes. Default 128 MiB.</summary>
    public int LargestAnswer { get; init; } = 128 * 1024 * 1024;

    /// <summary>How long an endpoint that keeps failing is left alone. Default 10 seconds.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (Endpoints.Count == 0)
        {
            yield return "No endpoint is given; say for example http://localhost:8545.";
        }

        foreach (Uri endpoint in Endpoints)
        {
            if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https"))
            {
                yield return $"Endpoint '{endpoint}' is no http(s) URL; say for example http://localhost:8545.";
            }
        }

        if (WebSocket is { } socket && (!socket.IsAbsoluteUri || socket.Scheme is not ("ws" or "wss")))
        {
            yield return $"WebSocket endpoint '{socket}' is no ws(s) URL; say for example ws://localhost:8545.";
        }

        if (ChainId < 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Chain id {ChainId} is not above 0.");
        }

        if (RequestTimeout < TimeSpan.FromMilliseconds(10) || RequestTimeout > TimeSpan.FromMinutes(10))
        {
            yield return "RequestTimeout is not within 10 ms to 10 minutes.";
        }

        if (MaxAttempts is < 1 or > 100)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"MaxAttempts {MaxAttempts} is not within 1 to 100.");
        }

        if (FirstPause < TimeSpan.Zero || LongestPause < FirstPause || LongestPause > TimeSpan.FromMinutes(10))
        {
            yield return "FirstPause is not within 0 to LongestPause, or LongestPause is above 10 minutes.";
        }

        if (BatchSize is < 1 or > 1000)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"BatchSize {BatchSize} is not within 1 to 1000.");
        }

        if (RequestsPerSecond is < 0 or > 100_000 || double.IsNaN(RequestsPerSecond))
        {
            yield return "RequestsPerSecond is not within 0 to 100000.";
        }

        if (LargestAnswer < 1024)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"LargestAnswer {LargestAnswer} is below 1024 bytes.");
        }

        if (BreakDuration < TimeSpan.FromMilliseconds(500) || BreakDuration > TimeSpan.FromMinutes(10))
        {
            yield return "BreakDuration is not within 500 ms to 10 minutes.";
        }
    }
}
