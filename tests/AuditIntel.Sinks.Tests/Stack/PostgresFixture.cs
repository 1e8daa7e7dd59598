using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>A private PostgreSQL server on a free loopback port, in a folder that goes with it; every test makes its own database on it.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sinks-postgres-").FullName;
    private string _binaries = "";
    private int _port;
    private int _databases;

    private string Data => Path.Combine(_folder, "data");

    private string Server => $"Host=127.0.0.1;Port={_port};Username=auditintel;Database=postgres;Pooling=false";

    public async Task InitializeAsync()
    {
        _binaries = (await RunAsync("pg_config", ["--bindir"])).Trim();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", ["postgres", _folder]);
        }

        await AsOwnerAsync("initdb", "-D", Data, "-U", "auditintel", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts the server again after <see cref="StopAsync"/>, on the same port.</summary>
    public Task StartAsync() => AsOwnerAsync(
        "pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_folder, "server.log"),
        "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=50");

    /// <summary>Ends the server at once, as a crash would: no session may finish.</summary>
    public Task StopAsync() => AsOwnerAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", Data);

    public async Task<TestDatabase> CreateAsync(bool migrated = true)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await new TestDatabase(Server).ExecuteAsync($"CREATE DATABASE {name}");
        var database = new TestDatabase(new NpgsqlConnectionStringBuilder(Server) { Database = name }.ConnectionString);
        if (migrated)
        {
            await new Sinks.Postgres.PostgresMigrator(database.ConnectionString).MigrateAsync(CancellationToken.None);
        }

        return database;
    }

    // PostgreSQL refuses to run as root.
    private Task<string> AsOwnerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_binaries, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        // Output goes to a pipe that pg_ctl's server would keep open: only programs that end are read.
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync(timeout.Token)}");
    }
}
