using System.Diagnostics;
using System.Net.Sockets;
using AuditIntel.DevStack.Services;

namespace AuditIntel.DevStack.Tests.Services;

/// <summary>The real PostgreSQL and Redis, started privately.</summary>
public sealed class PrivateServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-services-").FullName;

    [Fact]
    public async Task Postgres_ShouldKeepItsData_WhenStartedAgain()
    {
        int port;
        await using (PostgresServer server = await PostgresServer.StartAsync(Options()))
        {
            port = server.Port;
            await SqlAsync(server, "create table t (x int); insert into t values (42)");
        }

        Assert.True(FreePort.IsFree(port));
        await using PostgresServer again = await PostgresServer.StartAsync(Options() with { Port = port });
        Assert.Equal(port, again.Port);
        Assert.Equal("42", (await SqlAsync(again, "select x from t")).Trim());
    }

    [Fact]
    public async Task Postgres_ShouldRecover_WhenItWasKilled()
    {
        PostgresServer server = await PostgresServer.StartAsync(Options());
        await SqlAsync(server, "create table t (x int); insert into t values (1)");
        string pid = File.ReadLines(Path.Combine(_folder, "postgres", "data", "postmaster.pid")).First();
        using (Process kill = Process.Start("kill", ["-9", pid]))
        {
            await kill.WaitForExitAsync();
        }

        await server.DisposeAsync();
        await using PostgresServer again = await PostgresServer.StartAsync(Options());
        Assert.Equal("1", (await SqlAsync(again, "select x from t")).Trim());
    }

    [Fact]
    public async Task Postgres_ShouldStart_WhenTheStartBeforeWasCutOffInTheMiddle()
    {
        foreach (int milliseconds in new[] { 50, 150 })
        {
            using var cut = new CancellationTokenSource(milliseconds);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PostgresServer.StartAsync(Options(), cut.Token));
        }

        await using PostgresServer server = await PostgresServer.StartAsync(Options());
        Assert.Equal("1", (await SqlAsync(server, "select 1")).Trim());
    }

    [Fact]
    public async Task ServerThatIsNotReadyForItsSignal_ShouldStopInOrderNevertheless()
    {
        string stopped = Path.Combine(_folder, "stopped");
        PrivateProcess server = PrivateProcess.Start("INT", Path.Combine(_folder, "server.log"),
        [
            "python3", "-c",
            $"import signal, sys, time; time.sleep(1); signal.signal(signal.SIGINT, lambda *_: sys.exit(open('{stopped}', 'w').write('in order'))); time.sleep(60)",
        ]);
        await server.DisposeAsync();
        Assert.True(File.Exists(stopped), "The server was killed, for it never heard that it should stop.");
    }

    [Fact]
    public async Task Postgres_ShouldTakeAnotherPort_WhenItsOwnIsTaken()
    {
        using var squatter = new TcpListener(System.Net.IPAddress.Loopback, 0);
        squatter.Start();
        int taken = ((System.Net.IPEndPoint)squatter.LocalEndpoint).Port;
        await using PostgresServer server = await PostgresServer.StartAsync(Options() with { Port = taken });
        Assert.NotEqual(taken, server.Port);
    }

    [Fact]
    public async Task Postgres_ShouldStart_BelowAFolderThatOnlyItsOwnerMayEnter()
    {
        string closed = Directory.CreateDirectory(Path.Combine(_folder, "closed")).FullName;
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using PostgresServer server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = Path.Combine(closed, "pg") });
        Assert.Equal("1", (await SqlAsync(server, "select 1")).Trim());
    }

    [Fact]
    public async Task Redis_ShouldAnswer_AndStopInOrder()
    {
        int port;
        await using (RedisServer server = await RedisServer.StartAsync(new RedisServerOptions { DataDirectory = Path.Combine(_folder, "redis") }))
        {
            port = server.Port;
            using var client = new TcpClient("127.0.0.1", port);
            await client.GetStream().WriteAsync("SET a b\r\n"u8.ToArray());
            byte[] answer = new byte[5];
            await client.GetStream().ReadExactlyAsync(answer);
            Assert.Equal("+OK\r\n"u8.ToArray(), answer);
        }

        Assert.True(FreePort.IsFree(port));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private PostgresServerOptions Options() => new() { DataDirectory = Path.Combine(_folder, "postgres") };

    private static async Task<string> SqlAsync(PostgresServer server, string sql)
    {
        using Process psql = Process.Start(new ProcessStartInfo(
            "psql", ["-h", "127.0.0.1", "-p", server.Port.ToString(), "-U", server.Database, "-d", server.Database, "-Atqc", sql])
        {
            RedirectStandardOutput = true,
        })!;
        string output = await psql.StandardOutput.ReadToEndAsync();
        await psql.WaitForExitAsync();
        Assert.Equal(0, psql.ExitCode);
        return output;
    }
}
