namespace AuditIntel.Collectors.Tests.Sources.Site;

/// <summary>Catalogue entries of local sites.</summary>
internal static class SiteEntries
{
    private const string Selected = """
            title: h1 | h2
            body: div.text
            severity: .risk
            date: time@datetime
        """;

    private const string Json = """
          fields:
            items: data[*]
            id: ref
            title: attributes.headline
            body: attributes.text
            bodyFormat: html
            severity: attributes.risk
            authors: attributes.people
            url: link
            date: at
        """;

    public static string IdOf(SiteKind kind, SiteMode mode) => $"{kind}-{mode}".ToLowerInvariant();

    public static string Of(SiteKind kind, SiteMode mode, Uri address, string further)
    {
        string root = address.GetLeftPart(UriPartial.Authority);
        (string kindName, string url, string platform, string rest) = kind switch
        {
            SiteKind.Code4renaRepository => ("code4rena", $"{root}/acme-c4/2031-02-acme-findings", "", Repository(root)),
            SiteKind.Code4renaSite => ("code4rena", $"{root}/reports", "", ""),
            SiteKind.SherlockOwner => ("sherlock", $"{root}/acme-audit", "", Repository(root)),
            SiteKind.GithubReports => ("github-reports", $"{root}/acme/audits", "firm:acme", Repository(root) + "\n    include: [reports/**/*.md]"),
            SiteKind.GithubArticles => ("github-reports", $"{root}/acme/weaknesses", "research", Repository(root) + "\n    include: [entries/*.md]\n    layout: articles"),
            SiteKind.Html => ("html", $"{root}/list", "research", $"  fields:\n    items: article\n    id: '@id'\n    url: h2 a@href\n    next: a.next\n{Selected}"),
            SiteKind.HtmlLinks => ("html", $"{root}/list", "research", $"  fields:\n    links: article h2 a\n    next: a.next\n{Selected}"),
            SiteKind.JsonByPage => ("json-api", $"{root}/api/items", "bounties", $"{Json}\n  paging: {{ by: page }}"),
            SiteKind.JsonByCursor => ("json-api", $"{root}/api/items", "bounties", $"{Json}\n  paging: {{ by: cursor, parameter: after, cursor: meta.cursor }}"),
            SiteKind.JsonByLink => ("json-api", $"{root}/api/items", "bounties", $"{Json}\n  paging: {{ by: link }}"),
            SiteKind.Csv => ("csv", $"{root}/table.csv", "incidents", "  fields: { id: id, title: name, body: '{what} Lost: {loss} dollars.', date: when }"),
            SiteKind.Rss or SiteKind.Atom => ("feed", $"{root}/feed", "incidents", ""),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        return $"""
            - id: {IdOf(kind, mode)}
              name: {kind} that is {mode}
              kind: {kindName}
              url: {url}
              userAgent: AuditIntelTest/1.0 (tests)
              privateHosts: [127.0.0.1{(mode is SiteMode.RedirectsToAllowedHost ? ", localhost" : "")}]
              rateLimit: {"{ requests: 1000, per: 1s }"}
              schedule: {"{ every: 1s, jitter: 0s }"}
              timeout: {(mode is SiteMode.TimesOut ? "1s" : "20s")}
              maxBytes: 1000000
            {(platform.Length > 0 ? $"  platform: {platform}\n" : "")}{rest}
            {further}

            """;
    }

    private static string Repository(string root) => $"  repository:\n    api: {root}/api";
}
