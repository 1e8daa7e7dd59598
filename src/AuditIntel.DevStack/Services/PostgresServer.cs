using System.Globalization;
using AuditIntel.DevStack.Services;

namespace AuditIntel.DevStack;

/// <summary>
/// The real PostgreSQL as a private server: a cluster of its own in a folder, on loopback only, never the system's. It stops with this process.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly PrivateProcess _process;

    private PostgresServer(PrivateProcess process, int port, string database)
    {
        _process = process;
        Port = port;
        Database = database;
    }

    public int Port { get; }

    /// <summary>Database; the user has the same name and needs no password on this machine.</summary>
    public string Database { get; }

    /// <summary>For Npgsql.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Database={Database};Username={Database}");

    /// <exception cref="MissingProgramException">PostgreSQL is not installed.</exception>
    /// <exception cref="InvalidOperationException">The server cannot be started; the message has the end of its log.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        string programs = await PostgresPrograms.FolderAsync(cancellationToken).ConfigureAwait(false) ?? throw new MissingProgramException("PostgreSQL", "postgresql");
        Directory.CreateDirectory(options.DataDirectory);
        PostgresAccount account = await PostgresAccount.ForAsync(options.DataDirectory, cancellationToken).ConfigureAwait(false);
        var cluster = new PostgresCluster(programs, account);
        await cluster.PrepareAsync(options.Database, cancellationToken).ConfigureAwait(false);
        await cluster.WaitForPredecessorAsync(cancellationToken).ConfigureAwait(false);

        int port = FreePort.Choose(options.Port);
        PrivateProcess process = PrivateProcess.Start("INT", cluster.LogFile, cluster.ServerCommand(port));
        var server = new PostgresServer(process, port, options.Database);
        try
        {
            await process.WaitUntilAsync("PostgreSQL", token => cluster.AnswersAsync(port, options.Database, token), StartTimeout, cancellationToken).ConfigureAwait(false);
            await cluster.CreateDatabaseAsync(port, options.Database, cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops the server in order.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
