using System.Diagnostics.Metrics;

namespace AuditIntel.Sinks.Alerts;

/// <summary>What the dispatchers of this process do; tags: the channel (as many as the file names) and the class of an error.</summary>
internal static class AlertMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "AuditIntel.Sinks.Alerts";

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Read = Meter.CreateCounter<long>("alerts.read", "{alert}", "Alerts read from the topic.");

    public static readonly Counter<long> Delivered = Meter.CreateCounter<long>("alerts.delivered", "{alert}", "Alerts delivered, those in digests included.");

    public static readonly Counter<long> Folded = Meter.CreateCounter<long>("alerts.folded", "{alert}", "Alerts delivered as part of a digest.");

    public static readonly Counter<long> Retried = Meter.CreateCounter<long>("alerts.retried", "{attempt}", "Attempts that failed and were repeated.");

    public static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("alerts.dead_letters", "{record}", "Alerts set aside, by channel and reason.");

    public static readonly Gauge<long> Waiting = Meter.CreateGauge<long>("alerts.waiting", "{alert}", "Alerts that wait for a channel.");

    public static readonly Histogram<double> Latency = Meter.CreateHistogram<double>(
        "alerts.delivery.latency", "s", "From the collection of the transaction to the delivery of its alert.");

    public static KeyValuePair<string, object?> Channel(string name) => new("channel", name);
}
