using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AuditIntel.DevStack.Api;
using AuditIntel.DevStack.Observability;
using AuditIntel.DevStack.Protocol;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Network;

/// <summary>Accepts connections and runs each as a task of its own.</summary>
internal sealed class BrokerListener(Func<ApiTable> apis, NetworkOptions options, BrokerMetrics metrics, ILogger log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, (ClientConnection Connection, Task Running)> _connections = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private Task _accepting = Task.CompletedTask;

    /// <summary>Takes the port, so that clients connect from now on; they are served after <see cref="Start"/>.</summary>
    /// <returns>The port, chosen by the operating system when 0 was asked.</returns>
    public int Bind(IPAddress address, int port)
    {
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _socket.Bind(new IPEndPoint(address, port));
        _socket.Listen(512);
        return ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    public void Start() => _accepting = Task.Run(AcceptAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
        foreach (var (connection, _) in _connections.Values)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_connections.Values.Select(c => c.Running)).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        for (var number = 0L; !_stopping.IsCancellationRequested; number++)
        {
            Socket client;
            try
            {
                client = await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                if (_stopping.IsCancellationRequested)
                {
                    return;
                }

                log.AcceptFailed(e.Message);
                continue;
            }

            if (_connections.Count >= options.MaxConnections)
            {
                log.ConnectionRefused(options.MaxConnections);
                client.Dispose();
                continue;
            }

            client.NoDelay = true;
            var connection = new ClientConnection(client, apis(), options, metrics);
            var id = number;
            var gate = new TaskCompletionSource();
            _connections[id] = (connection, Task.Run(async () =>
            {
                await gate.Task.ConfigureAwait(false);
                await ServeAsync(id, connection).ConfigureAwait(false);
            }));
            gate.SetResult();
        }
    }

    private async Task ServeAsync(long id, ClientConnection connection)
    {
        metrics.Opened();
        try
        {
            await connection.RunAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (ProtocolException e)
        {
            metrics.Faulted();
            log.ConnectionClosed(connection.Client, e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException { InnerException: SocketException or null })
        {
            // The client went away, was silent too long, or the broker stops: nothing to repair and nothing to tell.
        }
        catch (Exception e)
        {
            log.ConnectionFailed(e, connection.Client);
        }
        finally
        {
            connection.Dispose();
            metrics.Closed();
            _connections.TryRemove(id, out _);
        }
    }
}
