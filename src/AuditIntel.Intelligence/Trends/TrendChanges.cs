using System.Globalization;
using AuditIntel.Contracts;

namespace AuditIntel.Intelligence.Trends;

/// <summary>What is different in the windows of two histories, by day.</summary>
public static class TrendChanges
{
    /// <param name="before">The history that was told.</param>
    /// <param name="after">The history as it is.</param>
    /// <param name="touched">Days whose counts differ; days without a change cost time only.</param>
    public static IEnumerable<TrendChange> Between(TrendHistory before, TrendHistory after, IEnumerable<DateOnly> touched)
    {
        foreach (TrendChange change in Undated(before, after))
        {
            yield return change;
        }

        var old = new Dictionary<(TrendDimension Dimension, string Value), TrendRow>();
        var now = new Dictionary<(TrendDimension Dimension, string Value), TrendRow>();
        foreach (DateOnly end in Ends(before, after, touched))
        {
            foreach (int days in TrendRules.WindowDays)
            {
                Fill(before, days, end, old);
                Fill(after, days, end, now);
                foreach (TrendChange change in Windows(before, after, days, end, old, now))
                {
                    yield return change;
                }
            }
        }
    }

    private static void Fill(TrendHistory history, int days, DateOnly end, Dictionary<(TrendDimension, string), TrendRow> into)
    {
        into.Clear();
        if (history.Holds(end))
        {
            TrendWindows.Of(history, days, end, into);
        }
    }

    private static IEnumerable<TrendChange> Windows(
        TrendHistory before,
        TrendHistory after,
        int days,
        DateOnly end,
        Dictionary<(TrendDimension Dimension, string Value), TrendRow> old,
        Dictionary<(TrendDimension Dimension, string Value), TrendRow> now)
    {
        foreach (((TrendDimension dimension, string value), TrendRow row) in now)
        {
            bool isKnown = old.TryGetValue((dimension, value), out TrendRow was);
            if (!isKnown || was != row)
            {
                yield return Trend(dimension, value, days, end, TrendRecords.Of(dimension, value, days, end, row));
            }

            if (dimension == TrendDimension.Type)
            {
                EmergingThreat? threat = Emergence.Of(after, value, row, days, end);
                EmergingThreat? threatened = isKnown ? Emergence.Of(before, value, was, days, end) : null;
                if (threat != threatened)
                {
                    yield return Threat(value, days, end, threat);
                }
            }
        }

        foreach (((TrendDimension dimension, string value), TrendRow was) in old)
        {
            if (now.ContainsKey((dimension, value)))
            {
                continue;
            }

            yield return Trend(dimension, value, days, end, null);
            if (dimension == TrendDimension.Type && Emergence.Of(before, value, was, days, end) is not null)
            {
                yield return Threat(value, days, end, null);
            }
        }
    }

    private static IEnumerable<TrendChange> Undated(TrendHistory before, TrendHistory after)
    {
        foreach (TrendSeries series in after.ByDimension.SelectMany(dimension => dimension))
        {
            TrendSeries? was = before.Find(series.Dimension, series.Value);
            long[] old = was?.Undated ?? new long[series.Undated.Length];
            if (!series.Undated.AsSpan().SequenceEqual(old))
            {
                yield return Trend(series.Dimension, series.Value, 0, null, series.Undated.Sum() > 0 ? TrendRecords.Undated(series) : null);
            }
        }

        foreach (TrendSeries series in before.ByDimension.SelectMany(dimension => dimension))
        {
            if (series.Undated.Sum() > 0 && after.Find(series.Dimension, series.Value) is null)
            {
                yield return Trend(series.Dimension, series.Value, 0, null, null);
            }
        }
    }

    /// <summary>Days on which windows end that may be different, ascending.</summary>
    private static SortedSet<DateOnly> Ends(TrendHistory before, TrendHistory after, IEnumerable<DateOnly> touched)
    {
        if (before.First is null && after.First is null)
        {
            return [];
        }

        DateOnly first = Least(before.First, after.First);
        DateOnly last = Most(before.Last, after.Last);
        var ends = new SortedSet<DateOnly>();
        void Add(DateOnly from, DateOnly to)
        {
            for (DateOnly day = from < first ? first : from; day <= to && day <= last; day = day.AddDays(1))
            {
                ends.Add(day);
            }
        }

        foreach (DateOnly day in touched.Distinct())
        {
            Add(day, day.AddDays(TrendRules.ReachDays));
        }

        if (before.First != after.First)
        {
            // What lies before the first day is not known, which decides whether there is anything to compare with.
            Add(first, Most(before.First, after.First).AddDays(TrendRules.ReachDays));
        }

        if (before.Last != after.Last)
        {
            Add(before.Last is null || after.Last is null ? first : Least(before.Last, after.Last), last);
        }

        return ends;
    }

    private static DateOnly Least(DateOnly? a, DateOnly? b) => (a ?? DateOnly.MaxValue) < (b ?? DateOnly.MaxValue) ? a!.Value : b!.Value;

    private static DateOnly Most(DateOnly? a, DateOnly? b) => (a ?? DateOnly.MinValue) > (b ?? DateOnly.MinValue) ? a!.Value : b!.Value;

    private static TrendChange Trend(TrendDimension dimension, string value, int days, DateOnly? end, FindingTrend? trend) =>
        new($"{dimension.ToSymbol().ToLowerInvariant()}/{value}/{Span(days, end)}", IsThreat: false, trend, null);

    private static TrendChange Threat(string type, int days, DateOnly end, EmergingThreat? threat) => new($"{type}/{Span(days, end)}", IsThreat: true, null, threat);

    private static string Span(int days, DateOnly? end) => end is { } last
        ? string.Create(CultureInfo.InvariantCulture, $"{days}/{last.AddDays(1 - days):yyyy-MM-dd}")
        : "0/undated";
}
