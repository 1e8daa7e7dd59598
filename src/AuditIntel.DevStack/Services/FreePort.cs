using System.Net;
using System.Net.Sockets;

namespace AuditIntel.DevStack;

/// <summary>Loopback ports.</summary>
public static class FreePort
{
    /// <summary>The wanted port when nobody listens on it, or else any free one.</summary>
    public static int Choose(int wanted)
    {
        if (wanted > 0 && IsFree(wanted))
        {
            return wanted;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
