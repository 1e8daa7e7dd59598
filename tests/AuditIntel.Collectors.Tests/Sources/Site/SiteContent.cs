using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuditIntel.Collectors.Tests.Sources.Site;

/// <summary>Documents in the shapes that the platforms give them; the text is invented. A test may change a finding by its number.</summary>
internal sealed class SiteContent
{
    /// <summary>A word that only survives when bytes are read in the right charset.</summary>
    public const string Accented = "Crédit";

    public const int Findings = 6;
    private const int PageSize = 2;

    /// <summary>Text of a finding, by its number from 1.</summary>
    public Func<int, string> BodyOf { get; set; } = number => $"Pool number {number} pays out before the {Accented} is booked, so one call takes it twice.";

    /// <summary>A table of contests beside the report; read by whoever includes it.</summary>
    public string Contests { get; set; } = "ID, Name, Type, Award Pool, Auditors, Time, High\n";

    /// <summary>The document of a path, or null.</summary>
    public (string MediaType, string Text, string? Next)? Find(SiteKind kind, string path, string query) => kind switch
    {
        SiteKind.Code4renaRepository => Repository(
            path, query, "acme-c4", "2031-02-acme-findings", ("report.md", Code4renaReport()), ("README.md", "# Nothing"), ("contests.csv", Contests)),
        SiteKind.SherlockOwner => Sherlock(path, query),
        SiteKind.GithubReports => Repository(path, query, "acme", "audits", ("reports/2031-03-04-vault.md", FirmReport()), ("LICENSE.md", "# No report")),
        SiteKind.GithubArticles => Repository(path, query, "acme", "weaknesses", ("entries/one.md", Article(1)), ("entries/two.md", Article(2))),
        SiteKind.Code4renaSite => Code4renaSite(path),
        SiteKind.Html => path == "/list" ? Page(Listing(withBody: true, Page(query)), Next(query)) : null,
        SiteKind.HtmlLinks => path == "/list" ? Page(Listing(withBody: false, Page(query)), Next(query)) : Detail(path),
        SiteKind.JsonByPage or SiteKind.JsonByCursor or SiteKind.JsonByLink => path == "/api/items" ? JsonPage(kind, query) : null,
        SiteKind.Csv => path == "/table.csv" ? ("text/csv", Table(), null) : null,
        SiteKind.Rss => path == "/feed" ? ("application/rss+xml", Rss(), null) : null,
        SiteKind.Atom => path == "/feed" ? ("application/atom+xml", Atom(), null) : null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Title(int number) => $"{Accented} {number} can be drawn twice";

    private static string Day(int number) => $"2025-03-{number:00}";

    private (string MediaType, string Text, string? Next)? Repository(string path, string query, string owner, string name, params (string Path, string Text)[] files)
    {
        if (path == $"/api/repos/{owner}/{name}/git/trees/HEAD" && query == "?recursive=1")
        {
            var tree = new JsonArray([new JsonObject { ["path"] = "folder", ["type"] = "tree", ["sha"] = "0" }]);
            foreach ((string file, string text) in files)
            {
                tree.Add(new JsonObject { ["path"] = file, ["type"] = "blob", ["sha"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), ["size"] = text.Length });
            }

            return ("application/json", new JsonObject { ["sha"] = "1", ["tree"] = tree, ["truncated"] = false }.ToJsonString(), null);
        }

        string raw = $"/api/{owner}/{name}/HEAD/";
        return path.StartsWith(raw) && files.FirstOrDefault(file => file.Path == Uri.UnescapeDataString(path[raw.Length..])) is { Text: { } found } ? ("text/plain", found, null) : null;
    }

    private (string MediaType, string Text, string? Next)? Sherlock(string path, string query)
    {
        if (path == "/api/users/acme-audit/repos")
        {
            string[] names = query.Contains("page=2") ? ["2031-05-beta-judging"] : ["2031-04-alpha-judging", "2031-04-alpha"];
            return ("application/json", new JsonArray([.. names.Select(name => (JsonNode)new JsonObject { ["name"] = name })]).ToJsonString(), query.Contains("page=2") ? null : "/api/users/acme-audit/repos?per_page=100&page=2");
        }

        return Repository(path, query, "acme-audit", "2031-04-alpha-judging", ("001-H/001.md", Submission(1)), ("001-H/002.md", Submission(2)), ("invalid/003.md", Submission(3)))
            ?? Repository(path, query, "acme-audit", "2031-05-beta-judging", ("002-M/001.md", Submission(4)), ("002-M/005.md", Submission(5)), ("006.md", Submission(6)));
    }

    private string Code4renaReport() => $"""
        ---
        title: Acme
        sponsor: Acme
        slug: 2031-02-acme
        date: 2025-03-20
        findings: https://github.com/code-423n4/2031-02-acme-findings/issues
        contest: 901
        ---

        # High Risk Findings

        {string.Join("\n\n", Enumerable.Range(1, Findings).Select(number => $"## [[H-{number:00}] {Title(number)}](https://example.org/{number})\n_Submitted by [ann](https://example.org/ann)_\n\n{BodyOf(number)}"))}
        """;

    private string Submission(int number) => $"ann\n\nhigh\n\n# {Title(number)}\n\n## Summary\n\n{BodyOf(number)}\n\n## Impact\n\nLoss.\n\n## Recommendation\n\nBook first.\n";

    private string FirmReport() =>
        $"# Vault review\n\n## High Risk\n\n{string.Join("\n\n", Enumerable.Range(1, Findings).Select(number => $"### [H-{number:00}] {Title(number)}\n\n{BodyOf(number)}"))}\n";

    private string Article(int number) => $"# {Title(number)}\n\n## Description\n\n{BodyOf(number)}\n";

    private (string MediaType, string Text, string? Next)? Code4renaSite(string path)
    {
        if (path == "/reports")
        {
            return ("text/html", "<!doctype html><title>Reports</title><ul><li><a href='/reports/2031-02-acme'>Acme</a><li><a href=/reports/2031-02-acme#top>Acme</a><li><a href='/about'>About</a></ul>", null);
        }

        string findings = string.Concat(Enumerable.Range(1, Findings).Select(number => $"<h2><a href='https://example.org/{number}'>[H-{number:00}] {Title(number)}</a></h2><p><em>Submitted by <a href='https://example.org/ann'>ann</a></em></p><p>{BodyOf(number)}</p><script>alert(1)</script>"));
        return path == "/reports/2031-02-acme"
            ? ("text/html", $"<!doctype html><html><body><nav>Menu</nav><main><h1>Acme</h1><time datetime='2025-03-20'>today</time><h1>High Risk Findings</h1>{findings}</main></body></html>", null)
            : null;
    }

    private static int Page(string query) =>
        query.Split('=', '&', '?') is var parts && Array.IndexOf(parts, "page") is >= 0 and var at ? int.Parse(parts[at + 1], CultureInfo.InvariantCulture) : 1;

    private static IEnumerable<int> OnPage(int page) => Enumerable.Range(1, Findings).Skip((page - 1) * PageSize).Take(PageSize);

    private static string? Next(string query) => Page(query) * PageSize < Findings ? $"/list?page={Page(query) + 1}" : null;

    private static (string MediaType, string Text, string? Next)? Page(string html, string? next) =>
        ("text/html", $"<!doctype html><html><body>{html}{(next is null ? "" : $"<a class='next' href='{next}'>older</a>")}</body></html>", null);

    private string Listing(bool withBody, int page) => string.Concat(OnPage(page).Select(number => $"""
        <article id="f{number}"><h2><a href="/findings/{number}">{Title(number)}</a></h2><span class="risk">High</span><time datetime="{Day(number)}">x</time>
        {(withBody ? $"<div class='text'><p>{BodyOf(number)}</p><pre><code class='language-solidity'>a = b;</code></pre><script>steal()</script></div>" : "")}</article>
        """));

    private (string MediaType, string Text, string? Next)? Detail(string path) =>
        path.StartsWith("/findings/") && int.TryParse(path["/findings/".Length..], out int number) && number is >= 1 and <= Findings
            ? Page($"<h1>{Title(number)}</h1><span class='risk'>Medium</span><time datetime='{Day(number)}'>x</time><div class='text'><p>{BodyOf(number)}</p></div>", null)
            : null;

    private (string MediaType, string Text, string? Next)? JsonPage(SiteKind kind, string query)
    {
        int page = kind is SiteKind.JsonByCursor && query.Contains("after=") ? int.Parse(query.Split("after=c")[1], CultureInfo.InvariantCulture) : Page(query);
        bool more = page * PageSize < Findings;
        JsonNode[] items =
        [
            .. OnPage(page).Select(number => new JsonObject
            {
                ["ref"] = $"F-{number}",
                ["attributes"] = new JsonObject { ["headline"] = Title(number), ["text"] = $"<p>{BodyOf(number)}</p>", ["risk"] = "high", ["people"] = new JsonArray("ann", "bob") },
                ["link"] = $"/findings/{number}",
                ["at"] = new DateTimeOffset(2025, 3, number, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(),
            }),
        ];
        var document = new JsonObject { ["data"] = new JsonArray(items), ["meta"] = new JsonObject { ["cursor"] = kind is SiteKind.JsonByCursor && more ? $"c{page + 1}" : null } };
        return ("application/json", document.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), kind is SiteKind.JsonByLink && more ? $"/api/items?page={page + 1}" : null);
    }

    private string Table() =>
        "id,name,what,loss,when\n" + string.Join('\n', Enumerable.Range(1, Findings).Select(number => $"I-{number},{Title(number)},\"{BodyOf(number)}\nSecond line.\",{number * 1000},{Day(number)}")) + "\n";

    private string Rss() => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Losses</title>
        {string.Concat(Enumerable.Range(1, Findings).Select(number => $"<item><title>{Title(number)}</title><link>https://example.org/{number}</link><guid>https://example.org/{number}</guid><pubDate>Sat, {number:00} Mar 2025 10:00:00 +0000</pubDate><dc:creator>ann</dc:creator><description>Short.</description><content:encoded><![CDATA[<h2>What</h2><p>{BodyOf(number)}</p><iframe src='https://example.org'></iframe>]]></content:encoded></item>").Select((item, i) => item.Replace("Sat,", new DateTime(2025, 3, i + 1).ToString("ddd,", CultureInfo.InvariantCulture))))}
        </channel></rss>
        """;

    private string Atom() => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom"><title>Losses</title>
        {string.Concat(Enumerable.Range(1, Findings).Select(number => $"<entry><title type='html'>{Title(number)}</title><id>urn:x:{number}</id><link rel='alternate' href='https://example.org/{number}'/><updated>{Day(number)}T10:00:00Z</updated><author><name>ann</name></author><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{BodyOf(number)}</p></div></content></entry>"))}
        </feed>
        """;
}
