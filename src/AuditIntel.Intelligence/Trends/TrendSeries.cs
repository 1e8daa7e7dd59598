using AuditIntel.Contracts;

namespace AuditIntel.Intelligence.Trends;

/// <summary>Counts by day and severity of the findings of one kind, summed up so that any span of days costs the same.</summary>
internal sealed class TrendSeries(TrendDimension dimension, string value, int days)
{
    private const int Severities = 7;

    private readonly long[] _sums = new long[(days + 1) * Severities];

    public TrendDimension Dimension => dimension;

    public string Value => value;

    /// <value>By severity, of findings without a day.</value>
    public long[] Undated { get; } = new long[Severities];

    /// <param name="day">From 0.</param>
    /// <param name="severity">Which.</param>
    /// <param name="count">How many.</param>
    public void Add(int day, Severity severity, long count) => _sums[((day + 1) * Severities) + (int)severity] += count;

    /// <summary>Makes sums of the counts; to be called once.</summary>
    public void SumUp()
    {
        for (int i = Severities; i < _sums.Length; i++)
        {
            _sums[i] += _sums[i - Severities];
        }
    }

    /// <summary>Findings of a severity in the days from one to another, both included; days outside the history have none.</summary>
    public long Count(int from, int to, Severity severity)
    {
        int last = Math.Min(to, days - 1);
        int before = Math.Max(from, 0);
        return last < before ? 0 : _sums[((last + 1) * Severities) + (int)severity] - _sums[(before * Severities) + (int)severity];
    }

    public long Count(int from, int to)
    {
        long count = 0;
        for (int severity = 0; severity < Severities; severity++)
        {
            count += Count(from, to, (Severity)severity);
        }

        return count;
    }
}
