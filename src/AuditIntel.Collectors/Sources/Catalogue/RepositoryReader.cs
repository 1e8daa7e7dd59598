using System.Text.RegularExpressions;

namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>The repository part of an entry.</summary>
internal static partial class RepositoryReader
{
    private const string GitHub = "github.com";

    /// <summary>The layout, or null for a kind or address that is no repository.</summary>
    public static RepositoryLayout? Read(FieldSet fields, SourceKind kind, Uri url)
    {
        if (kind is not (SourceKind.Code4rena or SourceKind.Sherlock or SourceKind.GithubReports))
        {
            return null;
        }

        FieldSet? within = fields.Within("repository");
        string? branch = within?.Text("branch");
        IReadOnlyList<string>? include = within?.List("include");
        IReadOnlyList<string>? exclude = within?.List("exclude");
        string? repositories = within?.Text("repositories");
        Uri? api = within?.Url("api");
        Uri? raw = within?.Url("raw");
        string? layout = kind is SourceKind.GithubReports ? within?.Choice("layout", ["reports", "articles", "sections"]) : null;
        within?.RefuseOthers("a repository");
        Match path = RepositoryPath().Match(url.AbsolutePath);
        bool isRepository = path.Success && (url.Host == GitHub || api is not null);
        if (!isRepository)
        {
            if (kind is not SourceKind.Code4rena || url.Host == GitHub)
            {
                fields.Fault("url", $"'url' of kind {SourceKinds.NameOf(kind)} must be https://{GitHub}/OWNER/REPOSITORY, or https://{GitHub}/OWNER for several.");
            }
            else if (within is not null)
            {
                fields.Fault("repository", "'repository' is for addresses on GitHub; this is a site's listing.");
            }

            return null;
        }

        if (path.Groups["name"].Success && repositories is not null)
        {
            within!.Fault("repositories", "'repositories' chooses among an owner's; this entry names one.");
        }

        foreach ((string name, IReadOnlyList<string>? globs) in new[] { ("include", include), ("exclude", exclude) })
        {
            if (globs?.FirstOrDefault(glob => !Glob.IsValid(glob)) is { } wrong)
            {
                within!.Fault(name, $"'{wrong}' is no pattern for paths; say for example reports/**/*.md.");
            }
        }

        var plain = new RepositoryLayout { Owner = path.Groups["owner"].Value };
        return plain with
        {
            Name = path.Groups["name"].Success ? path.Groups["name"].Value : null,
            Branch = branch ?? plain.Branch,
            Include = include ?? DefaultsOf(kind),
            Exclude = exclude ?? [],
            Repositories = repositories ?? (kind is SourceKind.Sherlock ? "*-judging" : kind is SourceKind.Code4rena ? "*-findings" : plain.Repositories),
            Files = layout switch { "articles" => FileLayout.Articles, "sections" => FileLayout.Sections, _ => FileLayout.Reports },
            Api = AsFolder(api) ?? plain.Api,
            Raw = AsFolder(raw) ?? AsFolder(api) ?? plain.Raw,
        };
    }

    private static string[] DefaultsOf(SourceKind kind) => kind switch
    {
        SourceKind.Code4rena => ["report.md", "_reports/*.md"],
        SourceKind.Sherlock => ["*/*.md", "???.md"],
        _ => ["**/*.md"],
    };

    private static Uri? AsFolder(Uri? url) => url is null || url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");

    [GeneratedRegex("^/(?<owner>[A-Za-z0-9][A-Za-z0-9_-]*)(/(?<name>[A-Za-z0-9._-]+?)(\\.git)?)?/?$", RegexOptions.ExplicitCapture)]
    private static partial Regex RepositoryPath();
}
