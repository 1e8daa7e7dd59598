namespace AuditIntel.Cli.Metrics;

/// <summary>The numbers of one set of labels.</summary>
internal sealed class MetricSeries(int buckets)
{
    private readonly long[] _buckets = new long[buckets];

    /// <summary>Of a counter or gauge.</summary>
    public double Value { get; set; }

    /// <summary>Of a histogram: observations in each bucket alone; those above the last bound are only in <see cref="Count"/>.</summary>
    public IReadOnlyList<long> Buckets => _buckets;

    public long Count { get; private set; }

    public double Sum { get; private set; }

    public void Observe(double value, IReadOnlyList<double> bounds)
    {
        Count++;
        Sum += value;
        for (int i = 0; i < bounds.Count; i++)
        {
            if (value <= bounds[i])
            {
                _buckets[i]++;
                return;
            }
        }
    }
}
