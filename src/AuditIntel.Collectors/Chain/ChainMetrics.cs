using System.Diagnostics.Metrics;

namespace AuditIntel.Collectors.Chain;

/// <summary>What the chain collectors of this process do; tags: the chain, the endpoint's host and port, the outcome of a request.</summary>
internal static class ChainMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "AuditIntel.Collectors.Chain";

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Blocks = Meter.CreateCounter<long>("chain.blocks", "{block}", "Blocks taken.");

    public static readonly Counter<long> Transactions = Meter.CreateCounter<long>("chain.transactions", "{transaction}", "Transactions taken.");

    public static readonly Counter<long> Retracted = Meter.CreateCounter<long>("chain.retracted", "{transaction}", "Transactions taken back after a reorganisation.");

    public static readonly Counter<long> Reorganisations = Meter.CreateCounter<long>("chain.reorganisations", "{reorganisation}", "Reorganisations followed.");

    public static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("chain.dead_letters", "{record}", "Blocks and transactions set aside.");

    public static readonly Gauge<long> Lag = Meter.CreateGauge<long>("chain.lag", "{block}", "Blocks that may be taken and are not yet.");

    public static readonly Histogram<double> Requests = Meter.CreateHistogram<double>("chain.request.duration", "s", "Requests to nodes, by endpoint and outcome.");

    public static KeyValuePair<string, object?> Chain(long chainId) => new("chain", chainId);
}
