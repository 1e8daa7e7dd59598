namespace AuditIntel.DevStack.Services;

/// <summary>Where PostgreSQL's programs are.</summary>
internal static class PostgresPrograms
{
    /// <summary>The folder that holds postgres, initdb and psql, or null. Debian keeps it off the PATH.</summary>
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

        return Path.GetDirectoryName(ProgramRun.Find("initdb", folders));
    }
}
