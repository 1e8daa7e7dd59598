using System.Diagnostics.Metrics;

namespace AuditIntel.Collectors.Sources;

/// <summary>What the live sources of this process do; tags: the source's id and the outcome of a request.</summary>
internal static class SourceMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "AuditIntel.Collectors.Sources";

    private static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> Requests = Meter.CreateHistogram<double>("sources.request.duration", "s", "Requests of live sources, by source and outcome.");

    public static readonly Counter<long> Published = Meter.CreateCounter<long>("sources.published", "{record}", "New and changed records of live sources.");

    public static readonly Counter<long> Failures = Meter.CreateCounter<long>("sources.failures", "{pass}", "Passes that failed.");
}
