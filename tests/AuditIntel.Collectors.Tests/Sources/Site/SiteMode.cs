namespace AuditIntel.Collectors.Tests.Sources.Site;

/// <summary>How a local site behaves.</summary>
public enum SiteMode
{
    Healthy,
    Gzip,
    Brotli,
    LyingCharset,
    Latin1Document,
    ThrottledOnce,
    ThrottledUntilDate,
    ThrottledForLong,
    FailsOnce,
    Fails,
    Missing,
    Resets,
    CutInTheMiddle,
    TimesOut,
    RedirectsOnce,
    RedirectsToAllowedHost,
    RedirectsInCircle,
    RedirectsToPrivateAddress,
    RedirectsToNowhere,
    Huge,
    HugeCompressed,
    BadBytes,
    Truncated,
    WrongDocument,
    Empty,
    RobotsForbid,
    RobotsFail,
    RobotsMissing,
}
