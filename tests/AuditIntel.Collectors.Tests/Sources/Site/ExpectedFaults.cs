using AuditIntel.Collectors.Sources.Fetching;

namespace AuditIntel.Collectors.Tests.Sources.Site;

internal static class ExpectedFaults
{
    /// <summary>What a look at a site must give; null for a good one.</summary>
    public static FetchFault? Of(SiteMode mode) => mode switch
    {
        SiteMode.ThrottledForLong => FetchFault.Throttled,
        SiteMode.Fails or SiteMode.Missing => FetchFault.Status,
        SiteMode.Resets or SiteMode.CutInTheMiddle => FetchFault.Unreachable,
        SiteMode.TimesOut => FetchFault.TimedOut,
        SiteMode.RedirectsInCircle or SiteMode.RedirectsToNowhere => FetchFault.RedirectLoop,
        SiteMode.RedirectsToPrivateAddress => FetchFault.AddressRefused,
        SiteMode.Huge or SiteMode.HugeCompressed => FetchFault.TooLarge,
        SiteMode.BadBytes => FetchFault.BadCharset,
        SiteMode.Truncated or SiteMode.WrongDocument or SiteMode.Empty => FetchFault.Malformed,
        SiteMode.RobotsForbid => FetchFault.RobotsForbid,
        SiteMode.RobotsFail => FetchFault.RobotsUnreachable,
        _ => null,
    };
}
