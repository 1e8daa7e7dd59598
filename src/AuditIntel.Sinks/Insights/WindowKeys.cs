using System.Globalization;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Insights;

/// <summary>Record keys of the insights topics: dimension/value/days/start and type/days/start. They are all that a tombstone has.</summary>
internal static class WindowKeys
{
    public static TrendRow? GoneTrend(string key)
    {
        var parts = Split(key, out var start, out var days);
        var slash = parts.IndexOf('/', StringComparison.Ordinal);
        if (days < 0 || slash < 1 || slash == parts.Length - 1)
        {
            return null;
        }

        foreach (var dimension in Enum.GetValues<TrendDimension>())
        {
            if (parts.AsSpan(0, slash).Equals(dimension.ToSymbol(), StringComparison.OrdinalIgnoreCase))
            {
                return new TrendRow(new FindingTrend { Dimension = dimension, Value = parts[(slash + 1)..], WindowDays = days, WindowStart = start, Count = 0 }, IsGone: true);
            }
        }

        return null;
    }

    public static ThreatRow? GoneThreat(string key)
    {
        var type = Split(key, out var start, out var days);
        return days < 0 || type.Length == 0 || start is not { } first
            ? null
            : new ThreatRow(
                new EmergingThreat { Type = type, Name = "", WindowDays = days, WindowStart = first, WindowEnd = first, Count = 0, PreviousCount = 0 }, IsGone: true);
    }

    // The value may have slashes, days and start have none. Days below 0: no key.
    private static string Split(string key, out DateOnly? start, out int days)
    {
        (start, days) = (null, -1);
        var last = key.LastIndexOf('/');
        var before = last > 0 ? key.LastIndexOf('/', last - 1) : -1;
        if (before < 0 || !int.TryParse(key.AsSpan(before + 1, last - before - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return "";
        }

        if (DateOnly.TryParseExact(key.AsSpan(last + 1), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            start = day;
        }
        else if (!key.AsSpan(last + 1).SequenceEqual("undated"))
        {
            return "";
        }

        days = number;
        return key[..before];
    }
}
