using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Running;
using AuditIntel.Collectors.Tests.Sources.Site;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Tests.Sources;

/// <summary>What each kind makes of a healthy source.</summary>
public sealed class ConnectorTests
{
    private readonly MemoryOutput _output = new();
    private readonly MemoryCursors _cursors = new();

    public static TheoryData<SiteKind> Kinds() => [.. Enum.GetValues<SiteKind>()];

    [Theory]
    [InlineData(SiteKind.Code4renaRepository, "code4rena", "901", "H-01", "High Risk", 20)]
    [InlineData(SiteKind.Code4renaSite, "code4rena", "2031-02-acme", "H-01", "High Risk", 20)]
    [InlineData(SiteKind.SherlockOwner, "sherlock", "2031-04-alpha", "001-H/001", "high", 0)]
    [InlineData(SiteKind.GithubReports, "firm:acme", "2031-03-04-vault", "H-01", "High Risk", 0)]
    [InlineData(SiteKind.GithubArticles, "research", "githubarticles-healthy", "weaknesses/entries/one.md", null, 0)]
    [InlineData(SiteKind.Html, "research", "html-healthy", "f1", "High", 1)]
    [InlineData(SiteKind.HtmlLinks, "research", "htmllinks-healthy", null, "Medium", 1)]
    [InlineData(SiteKind.JsonByPage, "bounties", "jsonbypage-healthy", "F-1", "high", 1)]
    [InlineData(SiteKind.Csv, "incidents", "csv-healthy", "I-1", null, 1)]
    [InlineData(SiteKind.Rss, "incidents", "rss-healthy", "https://example.org/1", null, 1)]
    [InlineData(SiteKind.Atom, "incidents", "atom-healthy", "urn:x:1", null, 1)]
    public async Task Finding_ShouldCarryWhatTheSourceSays(SiteKind kind, string platform, string contest, string? nativeId, string? severity, int day)
    {
        await using LocalSite site = await LocalSite.StartAsync(kind);
        await RunAsync(site.Entry(kind));
        RawFinding first = _output.Findings.First(finding => finding.Title == SiteContent.Title(1));
        Assert.Equal((platform, contest, severity), (first.Platform, first.Contest, first.SeverityLabel));
        Assert.Equal(nativeId ?? first.Title, first.NativeId);
        Assert.Contains($"before the {SiteContent.Accented} is booked", first.Body);
        Assert.DoesNotContain("<", first.Body);
        Assert.DoesNotContain("steal()", first.Body);
        Assert.StartsWith("http", first.SourcePath);
        Assert.Equal(kind is SiteKind.GithubReports ? "2031-03-04" : null, kind is SiteKind.GithubReports ? first.Contest[..10] : null);
        if (day > 0)
        {
            Assert.Equal(new DateTime(2025, 3, day), first.PublishedAt!.Value.UtcDateTime.Date);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EveryFinding_ShouldCome_WithItsContestBeforeIt(SiteKind kind)
    {
        await using LocalSite site = await LocalSite.StartAsync(kind);
        await RunAsync(site.Entry(kind));
        int expected = kind is SiteKind.GithubArticles ? 2 : SiteContent.Findings;
        Assert.Equal(expected, _output.Findings.DistinctBy(finding => FindingId.Of(finding.Platform, finding.Contest, finding.NativeId)).Count());
        Assert.Equal(expected, _output.Findings.Count);
        Assert.Empty(_output.Letters);
        var contests = new HashSet<string>();
        foreach ((_, Collected item) in _output.Items)
        {
            if (item is Collected.OfContest { Contest: var contest })
            {
                contests.Add(ContestKey.Of(contest.Platform, contest.Id));
            }
            else if (item is Collected.OfFinding { Finding: var finding })
            {
                Assert.Contains(ContestKey.Of(finding.Platform, finding.Contest), contests);
            }
        }
    }

    [Theory]
    [InlineData("title: nothing", "missing-title", "field 'title' is empty")]
    [InlineData("body: nothing", "missing-body", "field 'body' is empty")]
    [InlineData("date: ref", "bad-field", "field 'date' is 'F-1', which is no date")]
    [InlineData("url: '=ftp://example.org'", "bad-field", "field 'url' is 'ftp://example.org', which is no http(s) URL")]
    public async Task PieceThatCannotBeMapped_ShouldBecomeADeadLetter_ThatNamesSourceUrlAndField(string field, string errorClass, string sentence)
    {
        await using LocalSite site = await LocalSite.StartAsync(SiteKind.JsonByPage);
        string name = field.Split(':')[0];
        string entry = string.Join('\n', site.Entry(SiteKind.JsonByPage).Split('\n').Select(line => line.TrimStart().StartsWith(name + ":") && line.StartsWith("    ") ? "    " + field : line));
        await RunAsync(entry);
        Assert.Empty(_output.Findings);
        Assert.Equal(SiteContent.Findings, _output.Letters.Count);
        DeadLetter letter = _output.Letters[0];
        Assert.Equal((errorClass, "bounties"), (letter.ErrorClass, letter.Platform));
        Assert.Contains(sentence, letter.ErrorMessage);
        Assert.Contains("Source jsonbypage-healthy, " + site.AddressOf(SiteKind.JsonByPage), letter.ErrorMessage);
        Assert.Contains("\"F-1\"", System.Text.Encoding.UTF8.GetString(letter.Payload!));
    }

    [Fact]
    public async Task CharsetOfTheHeader_ShouldHold_WhenBytesAreNoUtf8()
    {
        await using LocalSite site = await LocalSite.StartAsync(SiteKind.Rss, SiteMode.Latin1Document);
        await RunAsync(site.Entry(SiteKind.Rss, SiteMode.Latin1Document));
        Assert.All(_output.Findings, finding => Assert.StartsWith(SiteContent.Accented, finding.Title));
    }

    [Fact]
    public async Task Reader_ShouldNameItself_AndAskForWhatItReads()
    {
        await using LocalSite site = await LocalSite.StartAsync(SiteKind.Rss);
        await RunAsync(site.Entry(SiteKind.Rss));
        Assert.Equal("AuditIntelTest/1.0 (tests)", site.LastHeaders["User-Agent"]);
        Assert.StartsWith("application/rss+xml", site.LastHeaders["Accept"]);
        Assert.Equal("gzip, deflate, br", site.LastHeaders["Accept-Encoding"]);
        Assert.DoesNotContain("Authorization", site.LastHeaders.Keys);
    }

    [Fact]
    public async Task TokenOfGitHub_ShouldGoToNoOtherHost()
    {
        await using LocalSite site = await LocalSite.StartAsync(SiteKind.GithubReports);
        SourceRunOptions options = Runs.Options with { Fetch = Runs.Options.Fetch with { GitHubToken = "secret" } };
        await new SourceCollector(Runs.Sources(site.Entry(SiteKind.GithubReports)), _output, _cursors, options).RunAsync(CancellationToken.None);
        Assert.NotEmpty(_output.Findings);
        Assert.DoesNotContain("Authorization", site.LastHeaders.Keys);
    }

    [Theory]
    [InlineData("https://api.github.com/repos/a/b", true)]
    [InlineData("http://api.github.com/repos/a/b", false)]
    [InlineData("https://api.github.com:8443/repos/a/b", false)]
    [InlineData("https://raw.githubusercontent.com/a/b", false)]
    [InlineData("https://api.github.com.example.org/", false)]
    public void TokenOfGitHub_ShouldGoToItsApi_OverHttps(string address, bool sent)
    {
        FetchOptions options = Runs.Options.Fetch with { GitHubToken = "secret" };
        SourceDefinition source = SourceCatalogue.BuiltIn().Sources[0];
        using var gates = new HostGates([source], options);
        using var fetcher = new SourceFetcher(source, gates, options);
        using HttpRequestMessage request = fetcher.RequestFor(new Uri(address), null, "*/*");
        Assert.Equal(sent, request.Headers.Authorization?.Parameter == "secret");
    }

    [Fact]
    public async Task Pace_ShouldBeSharedByTheSourcesOfAHost()
    {
        await using LocalSite site = await LocalSite.StartAsync(SiteKind.JsonByPage);
        string entry = site.Entry(SiteKind.JsonByPage).Replace("requests: 1000", "requests: 2");
        IReadOnlyList<SourceDefinition> sources = Runs.Sources(entry, entry.Replace("id: jsonbypage-healthy", "id: other"));
        long begin = System.Diagnostics.Stopwatch.GetTimestamp();
        await Runs.OnceAsync(sources, _output, _cursors);

        // robots.txt and eight pages at two a second, of which a second's worth may come at once: each for itself would take one second.
        Assert.Equal(8, site.Requests.Count);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(begin).TotalSeconds, 2.2, 60);
    }

    [Fact]
    public async Task TableOfContests_ShouldWinOverReportsThatComeLater()
    {
        await using LocalSite site = await LocalSite.StartAsync(SiteKind.Code4renaRepository);
        string entry = site.Entry(SiteKind.Code4renaRepository) + "    include: [contests.csv, report.md]\n";
        site.Content.Contests = "ID, Name, Type, Award Pool, Auditors, Time, High\n901, Acme Pools, DEX, $1000, 10, 2025-03, 6\n";
        await RunAsync(entry);
        site.Content.BodyOf = _ => "Another text.";
        await RunAsync(entry);
        Contest contest = Assert.Single(_output.Items.Select(each => each.Item).OfType<Collected.OfContest>()).Contest;
        Assert.Equal(("901", "Acme Pools"), (contest.Id, contest.Name));
        Assert.Equal(2 * SiteContent.Findings, _output.Findings.Count);
    }

    private async Task RunAsync(string entry)
    {
        IReadOnlyList<SourceStatus> ended = await Runs.OnceAsync(Runs.Sources(entry), _output, _cursors);
        Assert.True(ended[0].Condition is SourceCondition.Ok, ended[0].Message);
    }
}
