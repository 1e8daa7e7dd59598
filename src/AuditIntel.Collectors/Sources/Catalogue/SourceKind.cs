namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>How a source is read.</summary>
public enum SourceKind
{
    /// <summary>Reports of Code4rena: a repository, every repository of an organisation, or the listing on the site.</summary>
    Code4rena,

    /// <summary>Judging repositories of Sherlock.</summary>
    Sherlock,

    /// <summary>A repository of markdown reports.</summary>
    GithubReports,

    /// <summary>Pages read with CSS selectors.</summary>
    Html,

    /// <summary>JSON over HTTP, fields by path.</summary>
    JsonApi,

    /// <summary>A table with a header row.</summary>
    Csv,

    /// <summary>RSS 0.9x, 1.0 and 2.0, and Atom.</summary>
    Feed,
}
