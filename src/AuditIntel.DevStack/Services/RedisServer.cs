using System.Globalization;
using System.Net.Sockets;
using AuditIntel.DevStack.Services;

namespace AuditIntel.DevStack;

/// <summary>The real Redis as a private server on loopback, a cache that keeps nothing on disk. It stops with this process.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private readonly PrivateProcess _process;

    private RedisServer(PrivateProcess process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>host:port.</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <exception cref="MissingProgramException">Redis is not installed.</exception>
    /// <exception cref="InvalidOperationException">The server cannot be started; the message has the end of its log.</exception>
    public static async Task<RedisServer> StartAsync(RedisServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        string program = ProgramRun.Find("redis-server", "/usr/bin", "/usr/local/bin") ?? throw new MissingProgramException("Redis", "redis-server");
        Directory.CreateDirectory(options.DataDirectory);
        int port = FreePort.Choose(options.Port);
        string text = port.ToString(CultureInfo.InvariantCulture);
        PrivateProcess process = PrivateProcess.Start("TERM", Path.Combine(options.DataDirectory, "redis.log"),
        [
            program, "--port", text, "--bind", "127.0.0.1", "--dir", options.DataDirectory, "--save", "", "--appendonly", "no", "--daemonize", "no",
            "--maxmemory", string.Create(CultureInfo.InvariantCulture, $"{options.MaxMemoryMegabytes}mb"), "--maxmemory-policy", "allkeys-lru",
        ]);
        var server = new RedisServer(process, port);
        try
        {
            await process.WaitUntilAsync("Redis", token => AnswersAsync(port, token), StartTimeout, cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellationToken).ConfigureAwait(false);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            byte[] answer = new byte[5];
            await client.GetStream().ReadExactlyAsync(answer, cancellationToken).ConfigureAwait(false);
            return answer.AsSpan().SequenceEqual("+PONG"u8);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
