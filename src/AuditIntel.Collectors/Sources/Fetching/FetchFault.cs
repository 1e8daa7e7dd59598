namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>Why a source cannot be read now: the closed set.</summary>
public enum FetchFault
{
    /// <summary>No connection, or one that broke.</summary>
    Unreachable,

    /// <summary>No answer within the source's time.</summary>
    TimedOut,

    /// <summary>Status 429, or 503 or 403 with Retry-After or an exhausted rate limit.</summary>
    Throttled,

    /// <summary>Any other status that is no success.</summary>
    Status,

    /// <summary>A redirect in a circle, to nowhere, or one too many.</summary>
    RedirectLoop,

    /// <summary>An address, or a redirect to one, that is private, or gives up encryption.</summary>
    AddressRefused,

    /// <summary>An answer beyond the source's limit.</summary>
    TooLarge,

    /// <summary>Bytes that are no text in the charset that they claim.</summary>
    BadCharset,

    /// <summary>robots.txt forbids the page.</summary>
    RobotsForbid,

    /// <summary>robots.txt cannot be read, which forbids everything (RFC 9309, section 2.3.1.4).</summary>
    RobotsUnreachable,

    /// <summary>The host kept failing and is left alone for a while.</summary>
    CircuitOpen,

    /// <summary>The document is not what its kind says.</summary>
    Malformed,
}
