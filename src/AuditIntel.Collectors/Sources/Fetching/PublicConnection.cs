using System.Net;
using System.Net.Sockets;

namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>
/// Opens connections to public addresses only, after the name was resolved: what a name stands for may change between a check and a connection.
/// </summary>
internal sealed class PublicConnection(IReadOnlyList<string> privateHosts)
{
    /// <exception cref="FetchException">The host is private and was not allowed.</exception>
    /// <exception cref="SocketException">No address takes the connection.</exception>
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        string host = context.DnsEndPoint.Host;
        IPAddress[] addresses = IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        if (!privateHosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            if (addresses.FirstOrDefault(PrivateAddresses.Contains) is { } refused)
            {
                throw new FetchException(FetchFault.AddressRefused, $"{host} is the private address {refused}; name it under 'privateHosts' if that is meant.");
            }
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
