using System.Diagnostics.Metrics;

namespace AuditIntel.Cli.Metrics;

/// <summary>One instrument and its series, each with other labels.</summary>
internal sealed class MetricFamily
{
    /// <summary>Seconds, as Prometheus' own clients have them.</summary>
    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly bool _isObserved;

    public MetricFamily(Instrument instrument)
    {
        Instrument = instrument;
        _isObserved = instrument.IsObservable;
        Type type = instrument.GetType();
        string kind = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        Kind = kind switch
        {
            "Counter" or "ObservableCounter" => MetricKind.Counter,
            "Histogram" => MetricKind.Histogram,
            _ => MetricKind.Gauge,
        };
        IsAdded = kind is "Counter" or "UpDownCounter";
        Bounds = Kind != MetricKind.Histogram ? []
            : (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries is { } advised ? [.. advised]
            : DefaultBounds;
    }

    public Instrument Instrument { get; }

    public MetricKind Kind { get; }

    /// <summary>Upper bounds of a histogram's buckets, ascending; empty for other kinds.</summary>
    public IReadOnlyList<double> Bounds { get; }

    public IReadOnlyDictionary<string, MetricSeries> Series => _series;

    private bool IsAdded { get; }

    /// <summary>Observed series are told anew each time: those that are gone disappear.</summary>
    public void BeginObservation()
    {
        if (_isObserved)
        {
            _series.Clear();
        }
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = PrometheusText.Labels(tags);
        if (!_series.TryGetValue(labels, out MetricSeries? series))
        {
            series = new MetricSeries(Bounds.Count);
            _series.Add(labels, series);
        }

        if (Kind == MetricKind.Histogram)
        {
            series.Observe(value, Bounds);
        }
        else
        {
            series.Value = IsAdded ? series.Value + value : value;
        }
    }
}
