using System.Diagnostics;
using System.Net;
using System.Text.Json;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Mapping;

namespace AuditIntel.Collectors.Tests.Sources;

public sealed class MappingTests
{
    private static readonly Uri Address = new("https://example.org/a/b");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("a.b", "1")]
    [InlineData("$.a['b']", "1")]
    [InlineData("list[1].n", "2")]
    [InlineData("list[*].n", "1, 2")]
    [InlineData("$.list[0]['n']", "1")]
    [InlineData("names", "ann, bob")]
    [InlineData("a.missing", null)]
    [InlineData("nothing", null)]
    [InlineData("a", null)]
    public void JsonPath_ShouldGiveTextOfWhatItLeadsTo(string path, string? expected)
    {
        using JsonDocument document = JsonDocument.Parse("""{"a":{"b":1},"list":[{"n":1},{"n":2}],"names":["ann","bob"],"nothing":null}""");
        Assert.Equal(expected, JsonPath.Parse(path).Text(document.RootElement));
    }

    [Theory]
    [InlineData("<p>a <b>b</b> <i>c</i></p><p>d</p>", "a **b** _c_\n\nd")]
    [InlineData("<h2>T</h2><ul><li>a<li><p>b</p></ul>", "## T\n\n- a\n- b")]
    [InlineData("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "1. a\n2. b\n\n   - c")]
    [InlineData("<pre><code class=\"language-solidity\">a\n  b</code></pre>", "```solidity\na\n  b\n```")]
    [InlineData("<p>x <code>a`b</code></p>", "x ``a`b``")]
    [InlineData("<a href='/c'>link</a> <a href='javascript:x()'>bad</a> <a href='#x'>here</a>", "[link](https://example.org/c) bad here")]
    [InlineData("<p>a<script>alert(1)</script><style>x</style><iframe src=x></iframe>b</p>", "ab")]
    [InlineData("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b")]
    [InlineData("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2|3</td></tr></table>", "| a | b |\n| --- | --- |\n| 1 | 2\\|3 |")]
    [InlineData("plain &amp; text", "plain & text")]
    [InlineData("a<br>b", "a\nb")]
    public void Html_ShouldBecomeMarkdown(string html, string markdown) =>
        Assert.Equal(markdown, HtmlMarkdown.Convert(html, Address));

    [Fact]
    public void HtmlOfAHundredThousandLevels_ShouldStillGiveItsText_InTime()
    {
        long begin = Stopwatch.GetTimestamp();
        string markdown = HtmlMarkdown.Convert(string.Concat(Enumerable.Repeat("<div>", 100_000)) + "deep", Address);
        Assert.Equal("deep", markdown);
        Assert.InRange(Stopwatch.GetElapsedTime(begin).TotalSeconds, 0, 5);
    }

    [Theory]
    [InlineData("2025-03-04", "2025-03-04T00:00:00Z")]
    [InlineData("2025-03-04T05:06:07Z", "2025-03-04T05:06:07Z")]
    [InlineData("2025-03-04T05:06:07.123+02:00", "2025-03-04T03:06:07.123Z")]
    [InlineData("Tue, 04 Mar 2025 05:06:07 GMT", "2025-03-04T05:06:07Z")]
    [InlineData("Tue, 04 Mar 2025 05:06:07 +0200", "2025-03-04T03:06:07Z")]
    [InlineData("Tue, 4 Mar 2025 05:06:07 EST", "2025-03-04T10:06:07Z")]
    [InlineData("1741064767", "2025-03-04T05:06:07Z")]
    [InlineData("1741064767000", "2025-03-04T05:06:07Z")]
    [InlineData("March 4, 2025", "2025-03-04T00:00:00Z")]
    [InlineData("0001-01-01", null)]
    [InlineData("2099-01-01", null)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData("99999999999999999999", null)]
    public void Date_ShouldBeReadInTheFormsOfSources(string text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected), Dates.Parse(text, null, Now));

    [Theory]
    [InlineData("reports/**/*.md", "reports/a.md", true)]
    [InlineData("reports/**/*.md", "reports/x/y/a.md", true)]
    [InlineData("reports/**/*.md", "report/a.md", false)]
    [InlineData("*/*.md", "a/b/c.md", false)]
    [InlineData("**/*.md", "a.md", true)]
    [InlineData("???.md", "012.md", true)]
    [InlineData("???.md", "0123.md", false)]
    [InlineData("a+b(c).md", "a+b(c).md", true)]
    public void Glob_ShouldMatchPaths(string pattern, string path, bool expected) => Assert.Equal(expected, new Glob(pattern).Matches(path));

    [Theory]
    [InlineData("User-agent: *\nDisallow: /a", "/a/b", false)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", true)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /*.php$", "/x.php", false)]
    [InlineData("User-agent: *\nDisallow: /*.php$", "/x.php?y", true)]
    [InlineData("User-agent: *\nDisallow:", "/", true)]
    [InlineData("user-AGENT: Bot # me\ndisallow: /\n\nUser-agent: *\nAllow: /", "/", false)]
    [InlineData("User-agent: other\nUser-agent: bot\nDisallow: /x\n\nUser-agent: bot\nDisallow: /y", "/y", false)]
    [InlineData("User-agent: botany\nDisallow: /", "/", true)]
    [InlineData("<html>not found</html>", "/", true)]
    [InlineData("User-agent: *\nDisallow: /", "/robots.txt", true)]
    public void Robots_ShouldBeReadAsTheStandardSays(string robots, string path, bool allowed) =>
        Assert.Equal(allowed, RobotsRules.Parse(robots).Allows("Bot/1.0 (x)", path));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("64:ff9b::a00:1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("140.82.121.3", false)]
    [InlineData("2606:50c0:8000::153", false)]
    public void PrivateAddress_ShouldBeKnown(string address, bool isPrivate) => Assert.Equal(isPrivate, PrivateAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("<https://example.org/x?page=2>; rel=\"next\", <https://example.org/x?page=9>; rel=\"last\"", "https://example.org/x?page=2")]
    [InlineData("</y>; title=\"a, b\"; rel=\"prev next\"", "https://example.org/y")]
    [InlineData("<https://example.org/x>; rel=\"prev\"", null)]
    [InlineData("nonsense", null)]
    public void LinkHeader_ShouldGiveTheNextPage(string header, string? next) => Assert.Equal(next, LinkHeader.Next(header, Address)?.AbsoluteUri);
}
