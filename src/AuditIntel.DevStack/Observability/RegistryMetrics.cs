using System.Diagnostics.Metrics;

namespace AuditIntel.DevStack.Observability;

/// <summary>The meter of one registry.</summary>
internal sealed class RegistryMetrics : IDisposable
{
    public const string MeterName = "AuditIntel.DevStack.Registry";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _requests;

    /// <param name="schemas">Counts the versions of all subjects.</param>
    public RegistryMetrics(Func<int> schemas)
    {
        _requests = _meter.CreateHistogram(
            "registry.request.duration",
            "s",
            "Time of a request by method and status.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30] });
        _meter.CreateObservableGauge("registry.schemas", schemas, "{schema}", "Versions of all subjects, softly deleted ones included.");
    }

    public void Answered(string method, int status, TimeSpan duration) =>
        _requests.Record(duration.TotalSeconds, new("method", method), new("status", status));

    public void Dispose() => _meter.Dispose();
}
