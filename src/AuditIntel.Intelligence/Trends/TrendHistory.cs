using AuditIntel.Contracts;

namespace AuditIntel.Intelligence.Trends;

/// <summary>All findings that trends are made of, counted. Immutable; a function of the counts, whatever the order in which findings came.</summary>
public sealed class TrendHistory
{
    private readonly Dictionary<(TrendDimension, string), TrendSeries> _series = [];
    private readonly Dictionary<string, List<TrendCell>> _cellsOf = [];

    /// <param name="counts">Findings by cell; counts of 0 or less are left out.</param>
    public TrendHistory(IEnumerable<KeyValuePair<TrendCell, long>> counts)
    {
        KeyValuePair<TrendCell, long>[] cells = [.. counts.Where(pair => pair.Value > 0)];
        foreach ((TrendCell cell, _) in cells)
        {
            First = cell.Day < (First ?? DateOnly.MaxValue) ? cell.Day : First;
            Last = cell.Day > (Last ?? DateOnly.MinValue) ? cell.Day : Last;
        }

        int days = First is { } first && Last is { } last ? last.DayNumber - first.DayNumber + 1 : 0;
        foreach ((TrendCell cell, long count) in cells)
        {
            Add(Series(TrendDimension.All, "all", days), cell, count);
            Add(Series(TrendDimension.Type, cell.Type, days), cell, count);
            Add(Series(TrendDimension.Platform, cell.Platform, days), cell, count);
            Add(Series(TrendDimension.Severity, NameOf(cell.Severity), days), cell, count);
            if (cell.Day is not null)
            {
                (_cellsOf.TryGetValue(cell.Type, out List<TrendCell>? own) ? own : _cellsOf[cell.Type] = []).Add(cell);
            }
        }

        foreach (TrendSeries series in _series.Values)
        {
            series.SumUp();
        }

        ByDimension = [.. _series.Values.GroupBy(series => series.Dimension).OrderBy(group => group.Key).Select(group => group.OrderBy(series => series.Value, StringComparer.Ordinal).ToArray())];
    }

    /// <value>First day with a finding, null without any.</value>
    public DateOnly? First { get; }

    /// <value>Last day with a finding: the present, as far as findings tell.</value>
    public DateOnly? Last { get; }

    internal TrendSeries[][] ByDimension { get; }

    /// <summary>Days from the first, which is 0.</summary>
    internal int Offset(DateOnly day) => day.DayNumber - First!.Value.DayNumber;

    internal bool Holds(DateOnly day) => First <= day && day <= Last;

    internal TrendSeries? Find(TrendDimension dimension, string value) => _series.GetValueOrDefault((dimension, value));

    /// <summary>Cells of a type with a day in a span, both ends included.</summary>
    internal IEnumerable<TrendCell> CellsOf(string type, DateOnly from, DateOnly to) =>
        _cellsOf.TryGetValue(type, out List<TrendCell>? cells) ? cells.Where(cell => cell.Day >= from && cell.Day <= to) : [];

    internal static string NameOf(Severity severity) => severity.ToSymbol().ToLowerInvariant();

    private TrendSeries Series(TrendDimension dimension, string value, int days)
    {
        if (!_series.TryGetValue((dimension, value), out TrendSeries? series))
        {
            series = new TrendSeries(dimension, value, days);
            _series.Add((dimension, value), series);
        }

        return series;
    }

    private void Add(TrendSeries series, TrendCell cell, long count)
    {
        if (cell.Day is { } day)
        {
            series.Add(Offset(day), cell.Severity, count);
        }
        else
        {
            series.Undated[(int)cell.Severity] += count;
        }
    }
}
