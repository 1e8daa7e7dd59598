using System.Security.Cryptography.X509Certificates;

namespace AuditIntel.DevStack.Network;

/// <summary>Limits of a connection.</summary>
internal sealed record NetworkOptions
{
    /// <value>Greatest frame taken, in bytes; Kafka's socket.request.max.bytes.</value>
    public int MaxRequestBytes { get; init; } = 100 << 20;

    /// <value>A connection silent for so long is closed; Kafka's connections.max.idle.ms.</value>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>A client that does not take a response within this time is cut off.</value>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <value>With a certificate and its key, clients must speak TLS; null for plain connections.</value>
    public X509Certificate2? Certificate { get; init; }

    /// <value>How long a TLS handshake may take.</value>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public int MaxConnections { get; init; } = 2000;
}
