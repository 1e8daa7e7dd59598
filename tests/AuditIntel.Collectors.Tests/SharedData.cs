namespace AuditIntel.Collectors.Tests;

/// <summary>The real data beside the repository, where it is.</summary>
internal static class SharedData
{
    /// <summary>The folder, or null on a machine that does not have it: the caller says so and returns.</summary>
    public static string? Folder(params string[] parts)
    {
        if (Environment.GetEnvironmentVariable("AUDITINTEL_DATA") is { Length: > 0 } data)
        {
            string elsewhere = Path.Combine([data, .. parts]);
            return Directory.Exists(elsewhere) ? elsewhere : null;
        }

        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "AuditIntel.Streams.sln")))
            {
                string folder = Path.Combine([at.Parent!.FullName, "shared", "data", .. parts]);
                return Directory.Exists(folder) ? folder : null;
            }
        }

        return null;
    }
}
