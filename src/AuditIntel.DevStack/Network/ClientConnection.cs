using System.Net;
using System.Net.Sockets;
using AuditIntel.DevStack.Api;

namespace AuditIntel.DevStack.Network;

/// <summary>
/// One client: its requests are handled one after the other and answered in order. While a request waits (a long poll, a rebalance, a client
/// that does not read) only this connection waits, and nothing more is read from it.
/// </summary>
internal sealed class ClientConnection(Socket socket, ApiTable apis, NetworkOptions options) : IDisposable
{
    private readonly FrameReader _reader = new(socket, options.MaxRequestBytes);
    private readonly FrameSender _sender = new(socket);
    private readonly RequestContext _context = new() { ClientAddress = (socket.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "" };

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken).ConfigureAwait(false) is { } frame)
        {
            using var response = await apis.HandleAsync(frame, _context, cancellationToken).ConfigureAwait(false);
            if (response is not null)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(options.SendTimeout);
                await _sender.SendAsync(response, limit.Token).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        socket.Dispose();
    }

    private async ValueTask<Memory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(options.IdleTimeout);
        return await _reader.ReadAsync(idle.Token).ConfigureAwait(false);
    }
}
