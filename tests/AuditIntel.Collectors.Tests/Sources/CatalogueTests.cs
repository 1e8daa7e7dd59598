using System.Diagnostics;
using AuditIntel.Collectors.Sources.Catalogue;

namespace AuditIntel.Collectors.Tests.Sources;

public sealed class CatalogueTests
{
    private const string Good = """
        extends: none
        sources:
          - id: good
            name: Good
            kind: feed
            url: https://example.org/feed
            platform: incidents

        """;

    [Fact]
    public void BuiltIn_ShouldBeValid_AndHoldAHundredSourcesOfEveryKind()
    {
        SourceCatalogue catalogue = SourceCatalogue.BuiltIn();
        Assert.Empty(catalogue.Faults);
        Assert.True(catalogue.Sources.Count(source => source.Verified) >= 100, $"{catalogue.Sources.Count(source => source.Verified)} sources are verified.");
        Assert.Equal(Enum.GetValues<SourceKind>().Order(), catalogue.Sources.Select(source => source.Kind).Distinct().Order());
        Assert.All(catalogue.Sources, source => Assert.Equal("https", source.Url.Scheme));
        Assert.All(catalogue.Sources, source => Assert.Empty(source.PrivateHosts));
        Assert.DoesNotContain(catalogue.Sources, source => source.Enabled && !source.Verified);
    }

    [Fact]
    public void BuiltIn_ShouldIgnoreRobotsOnlyWhereGitHubDocumentsIt() =>
        Assert.All(
            SourceCatalogue.BuiltIn().Sources.Where(source => !source.HonoursRobots),
            source => Assert.Contains(source.Url.Host, new[] { "github.com", "api.github.com", "raw.githubusercontent.com" }));

    [Theory]
    [InlineData("colour: red", "'colour' is unknown; an entry of kind feed has")]
    [InlineData("plattform: incidents", "'plattform' is unknown; did you mean 'platform'?")]
    [InlineData("enabled: perhaps", "'enabled' must be true or false.")]
    [InlineData("enabled: \"true\"", "'enabled' must be true or false.")]
    [InlineData("verified: [1]", "'verified' must be true or false.")]
    [InlineData("maxBytes: 12.5", "'maxBytes' must be a whole number from 1024 to 268435456.")]
    [InlineData("maxBytes: -1", "'maxBytes' must be a whole number")]
    [InlineData("timeout: soon", "'timeout' is 'soon'; say a span from 1s to 10m, such as 30s, 15m, 6h or 1d.")]
    [InlineData("timeout: 99999999999d", "'timeout' is '99999999999d'")]
    [InlineData("schedule: often", "'schedule' must be fields with values.")]
    [InlineData("schedule: { every: 0s }", "'every' is '0s'; say a span from 1s to 90d")]
    [InlineData("schedule: { every: 1m, jitter: 1h }", "'jitter' must not be longer than 'every'.")]
    [InlineData("schedule: { often: 1m }", "'often' is unknown")]
    [InlineData("rateLimit: { requests: 5 }", "'rateLimit' needs both 'requests' and 'per'.")]
    [InlineData("rateLimit: { requests: 0, per: 1m }", "'requests' must be a whole number from 1 to 100000.")]
    [InlineData("robots: maybe", "'robots' is 'maybe'; say one of honour, ignore.")]
    [InlineData("userAgent: \"a\\nb\"", "'userAgent' must be printable ASCII")]
    [InlineData("privateHosts: localhost", "'privateHosts' must be a list of texts.")]
    [InlineData("name: Twice", "'name' stands there twice; keep one.")]
    [InlineData("fields: { title: a }", "'fields' is unknown")]
    public void WrongField_ShouldBeOneSentenceWithItsLine(string field, string sentence)
    {
        SourceCatalogue catalogue = SourceCatalogue.Parse("mine.yaml", Good + $"""
              - id: wrong
                name: Wrong
                kind: feed
                url: https://example.org/other
                platform: incidents
                {field}
            """);
        CatalogueFault fault = Assert.Single(catalogue.Faults);
        Assert.Contains(sentence, fault.Message);
        Assert.Equal(("mine.yaml", "wrong"), (fault.File, fault.Source));
        Assert.InRange(fault.Line, 8, 13);
        Assert.Equal("good", Assert.Single(catalogue.Sources).Id);
    }

    [Theory]
    [InlineData("feed", "ftp://example.org/feed", "", "'url' is 'ftp://example.org/feed', which is no http(s) URL.")]
    [InlineData("feed", "/relative", "", "which is no http(s) URL.")]
    [InlineData("feed", "https://ann:secret@example.org/", "", "secrets do not belong in a catalogue")]
    [InlineData("gopher", "https://example.org/", "", "'gopher' is no kind; say one of code4rena, sherlock")]
    [InlineData("sherlock", "https://example.org/owner/repository", "", "must be https://github.com/OWNER/REPOSITORY")]
    [InlineData("github-reports", "https://github.com/", "", "must be https://github.com/OWNER/REPOSITORY")]
    [InlineData("github-reports", "https://github.com/a/b", "repository: { include: [\"/etc/*\"] }", "'/etc/*' is no pattern for paths")]
    [InlineData("github-reports", "https://github.com/a/b", "repository: { repositories: x }", "this entry names one")]
    [InlineData("html", "https://example.org/", "", "'fields' is missing; kind html needs at least 'title' and 'body'.")]
    [InlineData("html", "https://example.org/", "fields: { title: h1 }", "'fields' needs 'body'.")]
    [InlineData("html", "https://example.org/", "fields: { title: \"h1[[\", body: p }", "'h1[[' is no CSS selector.")]
    [InlineData("html", "https://example.org/", "fields: { items: \">>\", title: h1, body: p }", "'>>' is no CSS selector.")]
    [InlineData("json-api", "https://example.org/", "fields: { items: \"a[x\", title: t, body: b }", "'a[x' is no path at character 2")]
    [InlineData("json-api", "https://example.org/", "fields: { title: \"{t\", body: b }", "has a '{' that nothing closes")]
    [InlineData("json-api", "https://example.org/", "fields: { title: t, body: b }\n    paging: { by: cursor }", "Paging by cursor needs 'cursor'")]
    [InlineData("json-api", "https://example.org/", "fields: { title: t, body: b }\n    paging: { by: luck }", "'by' is 'luck'; say one of page, cursor, link.")]
    [InlineData("csv", "https://example.org/", "fields: { title: t, body: b, separator: \"ab\" }", "'separator' must be one character, or tab.")]
    public void WrongEntry_ShouldSayWhatIsMeant(string kind, string url, string further, string sentence)
    {
        string platform = kind is "sherlock" ? "" : "platform: research";
        SourceCatalogue catalogue = SourceCatalogue.Parse("mine.yaml", $"""
            extends: none
            sources:
              - id: wrong
                name: Wrong
                kind: {kind}
                url: {url}
                {platform}
                {further}
            """);
        CatalogueFault fault = Assert.Single(catalogue.Faults);
        Assert.Contains(sentence, fault.Message);
        Assert.Empty(catalogue.Sources);
    }

    [Fact]
    public void ManyWrongEntries_ShouldAllBeSaidAtOnce()
    {
        SourceCatalogue catalogue = SourceCatalogue.Parse("mine.yaml", Good + """
              - id: good
                name: The same id
                kind: feed
                url: https://example.org/2
                platform: incidents
              - id: Not An Id
                name: 7
                kind: feed
                url: https://example.org/3
                platform: nowhere
              - just a text
              - id: empty
            """);
        Assert.Equal(
            [
                "mine.yaml, line 8: source 'good': The id stands in line 3 already; each entry needs its own.",
                "mine.yaml, line 13: source 'Not An Id': The id 'Not An Id' must be lower-case letters, digits and dashes, 64 at most.",
                "mine.yaml, line 17: source 'Not An Id': Platform 'nowhere' is unknown; say firm:NAME, code4rena, sherlock, incidents, research, bounties.",
                "mine.yaml, line 18: An entry is a list of fields with values; this is none.",
                "mine.yaml, line 19: source 'empty': 'name' is missing.",
                "mine.yaml, line 19: source 'empty': 'kind' is missing.",
                "mine.yaml, line 19: source 'empty': 'url' is missing.",
            ],
            catalogue.Faults.Select(fault => fault.ToString()));
        Assert.Equal("Good", Assert.Single(catalogue.Sources).Name);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("sources: {}", "needs a list 'sources'")]
    [InlineData("- a", "begins with 'sources:'")]
    [InlineData("sources: [\n  - id: 'open", "This is no YAML")]
    [InlineData("sources:\n\t- id: tab", "This is no YAML")]
    [InlineData("sources: &a [*a]", "Aliases (*name) are not used")]
    [InlineData("sources: []\nsource: []", "'source' is unknown; did you mean 'sources'?")]
    [InlineData("sources: []\nextends: everything", "'extends' is 'everything'; say one of built-in, none.")]
    [InlineData("sources: []\ndefaults: { gopher: {} }", "Defaults are by kind, and 'gopher' is none")]
    [InlineData("sources: []\ndefaults: { feed: { id: x } }", "'id' belongs to each entry")]
    public void WrongDocument_ShouldBeOneSentence(string text, string sentence)
    {
        SourceCatalogue catalogue = SourceCatalogue.Parse("mine.yaml", text.Contains("extends") || text.StartsWith('-') ? text : "extends: none\n" + text);
        string[] faults = [.. catalogue.Faults.Where(fault => !fault.Message.Contains("needs a list 'sources'") || sentence.Contains("needs a list")).Select(fault => fault.Message)];
        if (text.Length > 0)
        {
            Assert.Contains(faults, fault => fault.Contains(sentence));
        }
        else
        {
            Assert.NotEmpty(SourceCatalogue.Parse("mine.yaml", "").Faults);
        }
    }

    [Fact]
    public void DeeplyNestedDocument_ShouldBeRefused_AtOnce()
    {
        long begin = Stopwatch.GetTimestamp();
        SourceCatalogue catalogue = SourceCatalogue.Parse("mine.yaml", "extends: none\nsources: " + new string('[', 200_000));
        Assert.Contains("Nested more than 16 deep", Assert.Single(catalogue.Faults).Message);
        Assert.InRange(Stopwatch.GetElapsedTime(begin).TotalSeconds, 0, 5);
    }

    [Fact]
    public void OwnCatalogue_ShouldReplaceAndExtendTheBuiltInOne()
    {
        SourceCatalogue catalogue = SourceCatalogue.Parse("mine.yaml", """
            sources:
              - { id: rekt-news, name: Mine, kind: feed, url: "https://example.org/feed", platform: incidents, enabled: false }
              - { id: my-own, name: My own, kind: feed, url: "https://example.org/own", platform: research }
              - { id: samczsun-blog, name: Wrong, kind: feed, url: nowhere, platform: research }
            """);
        Assert.Equal(SourceCatalogue.BuiltIn().Sources.Count, catalogue.Sources.Count);
        Assert.Equal("Mine", catalogue.Sources.Single(source => source.Id == "rekt-news").Name);
        Assert.Equal("my-own", catalogue.Sources[^1].Id);

        // A wrong entry of one's own does not bring the built-in one back.
        Assert.DoesNotContain(catalogue.Sources, source => source.Id == "samczsun-blog");
    }

    [Fact]
    public void Defaults_ShouldHoldForEntriesOfTheirKind_UnlessTheySayOtherwise()
    {
        SourceCatalogue catalogue = SourceCatalogue.Parse("mine.yaml", """
            extends: none
            defaults:
              feed: { platform: incidents, timeout: 5s }
            sources:
              - { id: a, name: A, kind: feed, url: "https://example.org/a" }
              - { id: b, name: B, kind: feed, url: "https://example.org/b", timeout: 7s }
            """);
        Assert.Empty(catalogue.Faults);
        Assert.Equal([5, 7], catalogue.Sources.Select(source => source.Timeout.TotalSeconds));
    }

    [Fact]
    public void ExampleOfTheReadme_ShouldBeValid()
    {
        string readme = File.ReadAllText(Path.Combine(Chain.Stack.Repository.Root, "src/AuditIntel.Collectors/Sources/README.md"));
        SourceCatalogue catalogue = SourceCatalogue.Parse("example.yaml", readme.Split("```yaml\n")[1].Split("```")[0]);
        Assert.Empty(catalogue.Faults);
        SourceDefinition losses = catalogue.Sources.Single(source => source.Id == "example-losses");
        Assert.Equal((TimeSpan.FromHours(2), PagingKind.Cursor), (losses.Every, losses.Paging.Kind));
        Assert.Equal(["reports/**/*.md"], catalogue.Sources.Single(source => source.Id == "example-reports").Repository!.Include);
    }
}
