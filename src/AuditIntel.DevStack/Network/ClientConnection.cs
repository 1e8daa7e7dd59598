using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using AuditIntel.DevStack.Api;
using AuditIntel.DevStack.Observability;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Network;

/// <summary>
/// One client: its requests are handled one after the other and answered in order. While a request waits (a long poll, a rebalance, a client
/// that does not read) only this connection waits, and nothing more is read from it.
/// </summary>
internal sealed class ClientConnection : IDisposable
{
    private readonly ApiTable _apis;
    private readonly NetworkOptions _options;
    private readonly Stream _stream;
    private readonly FrameReader _reader;
    private readonly FrameSender _sender;
    private readonly RequestContext _context;
    private readonly BrokerMetrics _metrics;

    public ClientConnection(Socket socket, ApiTable apis, NetworkOptions options, BrokerMetrics metrics)
    {
        _metrics = metrics;
        _apis = apis;
        _options = options;
        Client = (socket.RemoteEndPoint as IPEndPoint)?.ToString() ?? "";
        var plain = new NetworkStream(socket, ownsSocket: true);
        _stream = options.Certificate is null ? plain : new SslStream(plain);
        _reader = new(_stream, options.MaxRequestBytes);
        _sender = new(_stream);
        _context = new() { ClientAddress = (socket.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "" };
    }

    /// <value>Address and port of the other side.</value>
    public string Client { get; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_stream is SslStream secure)
        {
            await GreetAsync(secure, cancellationToken).ConfigureAwait(false);
        }

        while (await ReadAsync(cancellationToken).ConfigureAwait(false) is { } frame)
        {
            _metrics.Received(frame.Length);
            using var response = await _apis.HandleAsync(frame, _context, cancellationToken).ConfigureAwait(false);
            if (response is not null)
            {
                _metrics.Sent(response.TotalLength);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(_options.SendTimeout);
                await _sender.SendAsync(response, limit.Token).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private async Task GreetAsync(SslStream secure, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.HandshakeTimeout);
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _options.Certificate }, limit.Token)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is System.Security.Authentication.AuthenticationException or IOException)
        {
            throw new ProtocolException($"The TLS handshake failed; the client needs security.protocol=ssl or sasl_ssl: {e.Message}", e);
        }
    }

    private async ValueTask<Memory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(_options.IdleTimeout);
        return await _reader.ReadAsync(idle.Token).ConfigureAwait(false);
    }
}
