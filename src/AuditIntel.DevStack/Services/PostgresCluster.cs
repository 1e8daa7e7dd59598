using System.Diagnostics;
using System.Globalization;

namespace AuditIntel.DevStack.Services;

/// <summary>The files of a private cluster, and the commands on them.</summary>
internal sealed class PostgresCluster(string programs, PostgresAccount account)
{
    private const string UnfinishedPrefix = "unfinished-";

    private static readonly TimeSpan PredecessorTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A small server for one program: little memory, room in the log for bulk loads. Sockets are off: their path has a limit of 107 bytes, and
    /// loopback serves as well.
    /// </summary>
    private static readonly string[] Settings =
    [
        "listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=64MB", "max_connections=40", "max_wal_size=1GB",
        "wal_compression=on", "checkpoint_timeout=15min", "jit=off", "timezone=UTC", "log_timezone=UTC",
    ];

    private string Data => Path.Combine(account.DataDirectory, "data");

    public string LogFile => Path.Combine(account.DataDirectory, "postgres.log");

    /// <summary>
    /// Makes the cluster when there is none: beside its place, and moved there when it is whole, since a start that is killed leaves an initdb behind that
    /// goes on writing.
    /// </summary>
    public async Task PrepareAsync(string user, CancellationToken cancellationToken)
    {
        RemoveUnfinished();
        if (Directory.Exists(Data))
        {
            return;
        }

        string unfinished = Path.Combine(account.DataDirectory, UnfinishedPrefix + Guid.NewGuid().ToString("N"));
        (int exitCode, string output) = await ProgramRun.RunAsync(
            [.. account.Prefix, Program("initdb"), "-D", unfinished, "-U", user, "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--data-checksums", "--no-sync"],
            cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"initdb failed in {unfinished}:\n{output}");
        }

        Directory.Move(unfinished, Data);
    }

    /// <summary>After a kill of the program before, its server may still be stopping.</summary>
    public async Task WaitForPredecessorAsync(CancellationToken cancellationToken)
    {
        string file = Path.Combine(Data, "postmaster.pid");
        long begin = Stopwatch.GetTimestamp();
        while (File.Exists(file) && Running(file) is { } process)
        {
            if (Stopwatch.GetElapsedTime(begin) > PredecessorTimeout)
            {
                throw new InvalidOperationException($"Process {process} still runs PostgreSQL on {Data}; stop it and try again.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(false);
        }
    }

    public IReadOnlyList<string> ServerCommand(int port) =>
    [
        .. account.Prefix, Program("postgres"), "-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture),
        .. Settings.SelectMany(setting => new[] { "-c", setting }),
    ];

    public async Task<bool> AnswersAsync(int port, string user, CancellationToken cancellationToken) =>
        (await SqlAsync(port, user, "select 1", cancellationToken).ConfigureAwait(false)).ExitCode == 0;

    /// <summary>Makes the database when there is none.</summary>
    public async Task CreateDatabaseAsync(int port, string database, CancellationToken cancellationToken)
    {
        (int exitCode, string output) = await SqlAsync(
            port, database, $"select 'there' from pg_database where datname = '{database}'", cancellationToken).ConfigureAwait(false);
        if (exitCode == 0 && !output.Contains("there", StringComparison.Ordinal))
        {
            (exitCode, output) = await SqlAsync(port, database, $"create database \"{database}\"", cancellationToken).ConfigureAwait(false);
        }

        if (exitCode != 0)
        {
            throw new InvalidOperationException($"Database {database} cannot be made: {output.Trim()}");
        }
    }

    /// <summary>What is still being written stays for the start after this one.</summary>
    private void RemoveUnfinished()
    {
        foreach (string folder in Directory.EnumerateDirectories(account.DataDirectory, UnfinishedPrefix + "*"))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
    }

    private Task<(int ExitCode, string Output)> SqlAsync(int port, string user, string sql, CancellationToken cancellationToken) => ProgramRun.RunAsync(
        [Program("psql"), "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-U", user, "-d", "postgres", "-Atqc", sql], cancellationToken);

    private string Program(string name) => Path.Combine(programs, name);

    /// <summary>The process that the file names, when it runs and is a PostgreSQL on this folder; numbers are given again after a restart of the machine.</summary>
    private string? Running(string pidFile)
    {
        try
        {
            string process = File.ReadLines(pidFile).First().Trim();
            string command = File.ReadAllText($"/proc/{process}/cmdline");
            return command.Contains(Data, StringComparison.Ordinal) ? process : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }
}
