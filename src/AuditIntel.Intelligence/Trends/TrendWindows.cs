using AuditIntel.Contracts;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Trends;

/// <summary>Works out the windows that end on one day.</summary>
internal static class TrendWindows
{
    /// <summary>Rows of all series that have a finding in the window or the one before it.</summary>
    /// <param name="history">All findings.</param>
    /// <param name="days">Length of the window.</param>
    /// <param name="end">Its last day, within the history.</param>
    /// <param name="into">Emptied and filled.</param>
    public static void Of(TrendHistory history, int days, DateOnly end, Dictionary<(TrendDimension Dimension, string Value), TrendRow> into)
    {
        into.Clear();
        int to = history.Offset(end);
        int from = to - days + 1;
        bool isBeforeKnown = from - days >= 0;
        var tested = new List<(string Value, double Probability)>();
        var ranked = new List<(long Risk, long Count, string Value)>();
        foreach (TrendSeries[] dimension in history.ByDimension)
        {
            tested.Clear();
            ranked.Clear();
            foreach (TrendSeries series in dimension)
            {
                (long count, long previous) = (series.Count(from, to), series.Count(from - days, from - 1));
                if (count + previous == 0)
                {
                    continue;
                }

                var row = new TrendRow
                {
                    Count = count,
                    Previous = previous,
                    Direction = TrendDirection.Unknown,
                    Critical = series.Count(from, to, Severity.Critical),
                    High = series.Count(from, to, Severity.High),
                    Medium = series.Count(from, to, Severity.Medium),
                    Low = series.Count(from, to, Severity.Low),
                };
                into.Add((series.Dimension, series.Value), row);
                if (isBeforeKnown && count + previous >= TrendRules.LeastTested)
                {
                    tested.Add((series.Value, RateTest.TwoSided(count, previous)));
                }

                if (count > 0 && !(series.Dimension == TrendDimension.Type && series.Value == VulnerabilityType.UnknownId))
                {
                    ranked.Add((row.Risk, count, series.Value));
                }
            }

            Direct(dimension[0].Dimension, tested, into);
            Rank(dimension[0].Dimension, ranked, into);
        }
    }

    private static void Direct(TrendDimension dimension, List<(string Value, double Probability)> tested, Dictionary<(TrendDimension, string), TrendRow> rows)
    {
        double[] adjusted = FalseDiscoveries.Adjust([.. tested.Select(each => each.Probability)]);
        for (int i = 0; i < adjusted.Length; i++)
        {
            TrendRow row = rows[(dimension, tested[i].Value)];
            rows[(dimension, tested[i].Value)] = row with
            {
                Probability = tested[i].Probability,
                Adjusted = adjusted[i],
                Direction = adjusted[i] >= TrendRules.Significance ? TrendDirection.Stable : row.Count > row.Previous ? TrendDirection.Up : TrendDirection.Down,
            };
        }
    }

    private static void Rank(TrendDimension dimension, List<(long Risk, long Count, string Value)> ranked, Dictionary<(TrendDimension, string), TrendRow> rows)
    {
        ranked.Sort(static (a, b) => a.Risk != b.Risk ? b.Risk.CompareTo(a.Risk) : a.Count != b.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Value, b.Value));
        for (int i = 0; i < ranked.Count; i++)
        {
            rows[(dimension, ranked[i].Value)] = rows[(dimension, ranked[i].Value)] with { Rank = i + 1 };
        }
    }
}
