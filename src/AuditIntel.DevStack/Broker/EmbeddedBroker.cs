using System.Diagnostics;
using System.Net;
using AuditIntel.DevStack.Api;
using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Groups;
using AuditIntel.DevStack.Network;
using AuditIntel.DevStack.Observability;
using AuditIntel.DevStack.Security;
using AuditIntel.DevStack.Transactions;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack;

/// <summary>
/// A single-node broker that speaks the Kafka protocol and keeps its data in a folder. For development, tests and small single-machine use;
/// production is Apache Kafka.
/// </summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private readonly BrokerState _state;
    private readonly BrokerListener _listener;
    private readonly DataDirectoryLock _ownership;
    private readonly Maintenance _maintenance;
    private readonly BrokerMetrics _metrics;
    private readonly ILogger _log;
    private int _disposed;

    private EmbeddedBroker(BrokerState state, BrokerListener listener, DataDirectoryLock ownership, Maintenance maintenance, BrokerMetrics metrics, ILogger log)
    {
        _metrics = metrics;
        _log = log;
        _state = state;
        _listener = listener;
        _ownership = ownership;
        _maintenance = maintenance;
    }

    /// <value>host:port for a client's bootstrap.servers.</value>
    public string BootstrapServers => $"{_state.AdvertisedHost}:{_state.AdvertisedPort}";

    public int Port => _state.AdvertisedPort;

    internal BrokerState State => _state;

    /// <summary>Opens the data folder, recovers what a crash left, and listens.</summary>
    /// <exception cref="ArgumentException">The options do not validate.</exception>
    /// <exception cref="IOException">The folder is in use by another broker or cannot be written.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public static async Task<EmbeddedBroker> StartAsync(EmbeddedBrokerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = options.Validate();
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems), nameof(options));
        }

        return await Task.Run(() => Start(options), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops serving, saves the state that makes the next start fast, and gives the folder free.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        // Waiting members first: their connections end with an answer instead of a cancellation.
        _state.Groups.Dispose();
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _maintenance.DisposeAsync().ConfigureAwait(false);
        _state.Transactions.Dispose();
        _state.Catalog.Dispose();
        _ownership.Dispose();
        _metrics.Dispose();
        _log.Stopped();
    }

    private static EmbeddedBroker Start(EmbeddedBrokerOptions options)
    {
        var begin = Stopwatch.GetTimestamp();
        var log = new WarningLogger(options.Log, options.OnWarning);
        var metrics = new BrokerMetrics(options.DataDirectory);
        var ownership = DataDirectoryLock.Take(options.DataDirectory);
        TopicCatalog? catalog = null;
        try
        {
            catalog = TopicCatalog.Open(options, options.Clock, log);
            var groups = new GroupCoordinator(catalog, new GroupOptions { InitialRebalanceDelay = options.GroupInitialRebalanceDelay, Log = log }, options.Clock);
            var producerIds = new ProducerIdSource(options.DataDirectory);
            var transactions = new TransactionCoordinator(catalog, groups, producerIds, options.Clock, options.TransactionMaxTimeout, log);
            transactions.Resume();

            ApiTable? table = null;
            var listener = new BrokerListener(
                () => table!, new NetworkOptions { MaxRequestBytes = options.MaxRequestBytes, Certificate = options.Certificate }, metrics, log);
            var address = options.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(options.Host);
            var port = listener.Bind(address, options.Port);
            var state = new BrokerState
            {
                Options = options,
                Clock = options.Clock,
                Catalog = catalog,
                Groups = groups,
                ProducerIds = producerIds,
                Transactions = transactions,
                Users = new SaslUsers(options.Users),
                AdvertisedHost = options.AdvertisedHost ?? options.Host,
                AdvertisedPort = port,
            };
            metrics.Watch(state);
            table = ApiCatalog.Create(state, metrics);
            listener.Start();
            log.Started(
                $"{state.AdvertisedHost}:{port}",
                options.DataDirectory,
                catalog.All.Count,
                catalog.All.Sum(topic => topic.Partitions.Length),
                (long)Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            return new(state, listener, ownership, new Maintenance(state, log), metrics, log);
        }
        catch
        {
            catalog?.Dispose();
            ownership.Dispose();
            metrics.Dispose();
            throw;
        }
    }
}
