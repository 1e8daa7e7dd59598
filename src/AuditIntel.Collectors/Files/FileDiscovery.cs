namespace AuditIntel.Collectors.Files;

/// <summary>Finds the files below the paths that were asked for.</summary>
internal static class FileDiscovery
{
    private static readonly EnumerationOptions Options = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,

        // Links may lead in circles, and to files that nobody meant to read.
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
    };

    /// <summary>All files, tables of contests first, then in ordinal order of their paths: the same folder is read in the same order everywhere.</summary>
    public static IReadOnlyList<SourceFile> Find(IEnumerable<string> paths)
    {
        var files = new List<SourceFile>();
        foreach (string path in paths)
        {
            string full = Path.GetFullPath(path);
            if (File.Exists(full))
            {
                files.Add(new SourceFile(full, Path.GetFileName(full)));
            }
            else if (Directory.Exists(full))
            {
                files.AddRange(Directory.EnumerateFiles(full, "*", Options)
                    .Select(file => new SourceFile(file, Path.GetRelativePath(full, file).Replace(Path.DirectorySeparatorChar, '/'))));
            }
            else
            {
                throw new FileNotFoundException($"'{path}' does not exist.", path);
            }
        }

        return
        [
            .. files.DistinctBy(file => file.FullPath)
                .OrderBy(file => IsTable(file) ? 0 : 1)
                .ThenBy(file => file.FullPath, StringComparer.Ordinal),
        ];
    }

    public static bool IsTable(SourceFile file) => file.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    public static bool IsMarkdown(SourceFile file) =>
        file.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || file.Name.EndsWith(".markdown", StringComparison.OrdinalIgnoreCase);
}
