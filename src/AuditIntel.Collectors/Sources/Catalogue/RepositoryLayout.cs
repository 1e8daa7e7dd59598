namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>Which files of which repositories are read.</summary>
public sealed record RepositoryLayout
{
    /// <summary>Owner on GitHub.</summary>
    public required string Owner { get; init; }

    /// <summary>Repository; null for all of the owner's that <see cref="Repositories"/> takes.</summary>
    public string? Name { get; init; }

    /// <summary>Branch, tag or commit.</summary>
    public string Branch { get; init; } = "HEAD";

    /// <summary>Globs of paths that are read; * stays within a folder, ** does not.</summary>
    public IReadOnlyList<string> Include { get; init; } = ["**/*.md"];

    /// <summary>Globs of paths that are left out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Glob of repository names, for an owner without repository.</summary>
    public string Repositories { get; init; } = "*";

    /// <summary>What a file holds, for kind github-reports.</summary>
    public FileLayout Files { get; init; } = FileLayout.Reports;

    /// <summary>Base of the REST API.</summary>
    public Uri Api { get; init; } = new("https://api.github.com/");

    /// <summary>Base of raw files.</summary>
    public Uri Raw { get; init; } = new("https://raw.githubusercontent.com/");
}
