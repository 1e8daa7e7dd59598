namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>A page that cannot be had.</summary>
public sealed class FetchException(FetchFault fault, string message, TimeSpan? retryAfter = null, int? status = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    public FetchFault Fault { get; } = fault;

    /// <summary>When the host wants to be asked again; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>HTTP status, where there was an answer.</summary>
    public int? Status { get; } = status;

    /// <summary>Original document of <see cref="FetchFault.Malformed"/>, for its dead letter.</summary>
    public string? Document { get; init; }

    /// <summary>Whether the same request may do better in a moment.</summary>
    public bool IsPassing => Fault is FetchFault.Unreachable or FetchFault.TimedOut or FetchFault.Throttled || (Fault is FetchFault.Status && Status >= 500);
}
