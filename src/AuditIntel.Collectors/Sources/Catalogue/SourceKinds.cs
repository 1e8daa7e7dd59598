namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>Kinds by the names that the catalogue gives them.</summary>
public static class SourceKinds
{
    private static readonly (string Name, SourceKind Kind)[] Named =
    [
        ("code4rena", SourceKind.Code4rena), ("sherlock", SourceKind.Sherlock), ("github-reports", SourceKind.GithubReports), ("html", SourceKind.Html),
        ("json-api", SourceKind.JsonApi), ("csv", SourceKind.Csv), ("feed", SourceKind.Feed),
    ];

    public static IEnumerable<string> Names => Named.Select(each => each.Name);

    public static string NameOf(SourceKind kind) => Named.First(each => each.Kind == kind).Name;

    public static SourceKind? Find(string name)
    {
        foreach ((string known, SourceKind kind) in Named)
        {
            if (known == name)
            {
                return kind;
            }
        }

        return null;
    }
}
