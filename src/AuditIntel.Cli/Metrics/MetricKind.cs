namespace AuditIntel.Cli.Metrics;

/// <summary>Types of the Prometheus text format.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
