namespace AuditIntel.DevStack.Services;

/// <summary>Where PostgreSQL's programs are.</summary>
internal static class PostgresPrograms
{
    private static readonly string[] Needed = ["initdb", "postgres", "psql"];

    /// <summary>The folder that holds all programs, or null. Debian keeps it off the PATH, where links to some of them may stand.</summary>
    public static async Task<string?> FolderAsync(CancellationToken cancellationToken)
    {
        var folders = new List<string>();
        (int exitCode, string output) = await ProgramRun.RunAsync(["pg_config", "--bindir"], cancellationToken).ConfigureAwait(false);
        if (exitCode == 0)
        {
            folders.Add(output.Trim());
        }

        const string Debian = "/usr/lib/postgresql";
        if (Directory.Exists(Debian))
        {
            folders.AddRange(Directory.EnumerateDirectories(Debian).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")));
        }

        folders.AddRange((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));
        return folders.Find(folder => Array.TrueForAll(Needed, program => File.Exists(Path.Combine(folder, program))));
    }
}
