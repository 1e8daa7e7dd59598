using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditIntel.DevStack;

/// <summary>How an <see cref="EmbeddedBroker"/> runs.</summary>
public sealed record EmbeddedBrokerOptions
{
    /// <value>The folder that keeps topics, groups and transactions; created when missing.</value>
    public required string DataDirectory { get; init; }

    /// <value>The address to listen on: an IP address or "localhost". Anything but loopback opens the broker to the network.</value>
    public string Host { get; init; } = "127.0.0.1";

    /// <value>0 lets the operating system choose.</value>
    public int Port { get; init; }

    /// <value>The host name told to clients; by default <see cref="Host"/>.</value>
    public string? AdvertisedHost { get; init; }

    /// <value>Whether a topic is created when a client first asks for it.</value>
    public bool AutoCreateTopics { get; init; } = true;

    /// <value>Partitions of topics created without a number, 1 to 10 000.</value>
    public int DefaultPartitions { get; init; } = 1;

    /// <value>How long a first member waits for others before its group gets its first generation (group.initial.rebalance.delay.ms).</value>
    public TimeSpan GroupInitialRebalanceDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <value>Longest transaction timeout a producer may ask for (transaction.max.timeout.ms).</value>
    public TimeSpan TransactionMaxTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <value>How often logs are checked for retention and compaction (log.retention.check.interval.ms).</value>
    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>
    /// How often written data is forced to the disk. Null leaves it to the operating system: acknowledged data survives the end of the
    /// process, but not a power failure. The topic setting flush.messages goes further for a single topic.
    /// </value>
    public TimeSpan? FsyncInterval { get; init; }

    /// <value>Greatest request taken, in bytes (socket.request.max.bytes).</value>
    public int MaxRequestBytes { get; init; } = 100 << 20;

    /// <value>
    /// Users and their passwords for SASL PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512. Empty lets everybody in without SASL. Without
    /// <see cref="Certificate"/> PLAIN sends the password as it is.
    /// </value>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <value>A certificate with its private key makes clients speak TLS (security.protocol ssl or sasl_ssl); null for plain connections.</value>
    public X509Certificate2? Certificate { get; init; }

    /// <value>Takes what happens as events with ids and fields.</value>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <value>Told one sentence about a connection closed for its fault, a repair on start, or a failed background task.</value>
    public Action<string>? OnWarning { get; init; }

    /// <value>The clock of timestamps, sessions and timeouts.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <value>Told client id, API and version of every request before it is handled, on the connection's thread: what a client makes use of.</value>
    internal Action<string, Protocol.ApiKey, short>? OnRequest { get; init; }

    /// <summary>What is wrong with these options; empty when nothing.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> problems = [];
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            problems.Add("DataDirectory is empty; name the folder that keeps the broker's data.");
        }

        if (Host != "localhost" && !IPAddress.TryParse(Host, out _))
        {
            problems.Add($"Host '{Host}' is neither an IP address nor 'localhost'.");
        }

        if (Port is < 0 or > 65535)
        {
            problems.Add($"Port {Port} is not between 0 and 65535.");
        }

        if (DefaultPartitions is < 1 or > Broker.TopicCatalog.MaxPartitions)
        {
            problems.Add($"DefaultPartitions {DefaultPartitions} is not between 1 and {Broker.TopicCatalog.MaxPartitions}.");
        }

        if (Certificate is { HasPrivateKey: false })
        {
            problems.Add("Certificate has no private key; load it together with its key.");
        }

        if (MaxRequestBytes < 1024)
        {
            problems.Add($"MaxRequestBytes {MaxRequestBytes} is below 1024.");
        }

        if (MaintenanceInterval <= TimeSpan.Zero || FsyncInterval <= TimeSpan.Zero || GroupInitialRebalanceDelay < TimeSpan.Zero || TransactionMaxTimeout <= TimeSpan.Zero)
        {
            problems.Add("Intervals and timeouts must be positive (the initial rebalance delay may be zero).");
        }

        return problems;
    }
}
