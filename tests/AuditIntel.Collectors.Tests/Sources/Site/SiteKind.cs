namespace AuditIntel.Collectors.Tests.Sources.Site;

/// <summary>What a local site serves: every kind of the catalogue, in each of its shapes.</summary>
public enum SiteKind
{
    Code4renaRepository,
    Code4renaSite,
    SherlockOwner,
    GithubReports,
    GithubArticles,
    Html,
    HtmlLinks,
    JsonByPage,
    JsonByCursor,
    JsonByLink,
    Csv,
    Rss,
    Atom,
}
