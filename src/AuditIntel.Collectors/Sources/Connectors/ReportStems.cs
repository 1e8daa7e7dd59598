namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>
/// Names of the engagements of a repository: a report's file name, as when it is read from a folder. A name that says nothing (README, report) gets its
/// folder's in front; where two files have one name, the later ones in ordinal order are named by their whole path.
/// </summary>
internal static class ReportStems
{
    private static readonly HashSet<string> SayNothing = new(StringComparer.OrdinalIgnoreCase) { "readme", "report", "index", "audit", "final", "findings", "review", "audit-report", "final-report" };

    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> paths)
    {
        var stems = new Dictionary<string, string>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            string[] folders = path.Split('/')[..^1];
            string name = Path.GetFileNameWithoutExtension(path);
            string stem = SayNothing.Contains(name) && folders.Length > 0 ? $"{folders[^1]}-{name}" : name;
            stems[path] = taken.Add(stem) ? stem : string.Join('-', [.. folders, name]);
        }

        return stems;
    }
}
