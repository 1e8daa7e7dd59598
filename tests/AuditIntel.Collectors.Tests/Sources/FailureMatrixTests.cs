using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Running;
using AuditIntel.Collectors.Tests.Sources.Site;

namespace AuditIntel.Collectors.Tests.Sources;

/// <summary>Every connector kind with everything that a host may do to it.</summary>
public sealed class FailureMatrixTests(FailureMatrixTests.Sites sites) : IClassFixture<FailureMatrixTests.Sites>
{
    public static TheoryData<SiteKind, SiteMode> Everything()
    {
        var cases = new TheoryData<SiteKind, SiteMode>();
        foreach (SiteKind kind in Enum.GetValues<SiteKind>())
        {
            foreach (SiteMode mode in Enum.GetValues<SiteMode>())
            {
                cases.Add(kind, mode);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Source_ShouldGiveItsRecords_OrSayWhatIsWrong(SiteKind kind, SiteMode mode)
    {
        SourceCatalogue catalogue = SourceCatalogue.Parse("test.yaml", "extends: none\nsources:\n" + sites.Site.Entry(kind, mode));
        Assert.Empty(catalogue.Faults);
        SourceDefinition source = Assert.Single(catalogue.Sources);
        source = mode is SiteMode.TimesOut ? source with { Timeout = TimeSpan.FromMilliseconds(200) } : source;
        SourceCheckResult result = Assert.Single(await new SourceChecker(Options).CheckAsync([source], null, CancellationToken.None));
        string said = string.Join(" ", result.Messages);
        Assert.True(ExpectedFaults.Of(mode) == result.Fault, $"{result.Fault}: {said}");
        if (result.Fault is null)
        {
            Assert.True(result is { Items: >= 2, Refused: 0 }, $"{result.Items} items, {result.Refused} refused: {said}");
            Assert.Equal(mode is SiteMode.FailsOnce or SiteMode.ThrottledOnce or SiteMode.ThrottledUntilDate, result.Retries > 0);
        }
        else
        {
            Assert.Equal(0, result.Items);
            Assert.Matches(@"^\S.*[.!]$", Assert.Single(result.Messages));
            Assert.InRange(result.Requests, 1, 12);
        }
    }

    private static SourceRunOptions Options { get; } = new()
    {
        Fetch = new FetchOptions { MaxAttempts = 3, FirstPause = TimeSpan.FromMilliseconds(10), LongestPause = TimeSpan.FromMilliseconds(50), LongestRetryAfter = TimeSpan.FromSeconds(10) },
    };

    /// <summary>A port for each case.</summary>
    public sealed class Sites : IAsyncLifetime
    {
        internal LocalSite Site { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Site = await LocalSite.StartAsync([.. Enum.GetValues<SiteKind>().SelectMany(kind => Enum.GetValues<SiteMode>().Select(mode => (kind, mode)))]);

        public async Task DisposeAsync() => await Site.DisposeAsync();
    }
}
