using System.Xml.Linq;

namespace AuditIntel.Cli.Tests.Architecture;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Names of the rooms that a room's project refers to, without the product's prefix.</summary>
    public static IReadOnlySet<string> ReferencesOf(string room)
    {
        XDocument project = XDocument.Load(Path.Combine(Root, "src", $"AuditIntel.{room}", $"AuditIntel.{room}.csproj"));
        return project.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)["AuditIntel.".Length..])
            .ToHashSet();
    }

    public static IEnumerable<string> Rooms() =>
        Directory.EnumerateDirectories(Path.Combine(Root, "src")).Select(folder => Path.GetFileName(folder)["AuditIntel.".Length..]);

    public static IEnumerable<string> SourceFiles() =>
        new[] { "src", "tests" }
            .SelectMany(top => Directory.EnumerateFiles(Path.Combine(Root, top), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "AuditIntel.Streams.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"No AuditIntel.Streams.sln above {AppContext.BaseDirectory}.");
    }
}
