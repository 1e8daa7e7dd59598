using System.Globalization;

namespace AuditIntel.Topologies.Alerts;

/// <summary>
/// When a rule fired for one deduplication key, as text that people can read in the changelog: <c>time transaction</c>, newest entry last, with ';' between.
/// </summary>
internal static class AlertWindow
{
    /// <summary>Entries kept of one key: enough for streams of several times that come mixed, such as a backfill beside what is live.</summary>
    private const int MostEntries = 16;

    /// <summary>Whether the time is closer than the window to an entry.</summary>
    public static bool Holds(string entries, long timeMs, long windowMs)
    {
        foreach (Range range in entries.AsSpan().Split(';'))
        {
            if (Math.Abs(timeMs - Time(entries.AsSpan(range))) < windowMs)
            {
                return true;
            }
        }

        return false;
    }

    public static string Add(string? entries, long timeMs, string transactionId)
    {
        string entry = string.Create(CultureInfo.InvariantCulture, $"{timeMs} {transactionId}");
        if (entries is null)
        {
            return entry;
        }

        int kept = entries.AsSpan().Count(';') + 1;
        string rest = kept < MostEntries ? entries : entries[(entries.IndexOf(';', StringComparison.Ordinal) + 1)..];
        return rest + ";" + entry;
    }

    /// <returns>Null when nothing is left.</returns>
    public static string? Without(string entries, string transactionId)
    {
        string rest = string.Join(';', entries.Split(';').Where(entry => !entry.EndsWith(transactionId, StringComparison.Ordinal)));
        return rest.Length == 0 ? null : rest;
    }

    /// <summary>Newest time.</summary>
    public static long Newest(string entries)
    {
        long newest = long.MinValue;
        foreach (Range range in entries.AsSpan().Split(';'))
        {
            newest = Math.Max(newest, Time(entries.AsSpan(range)));
        }

        return newest;
    }

    private static long Time(ReadOnlySpan<char> entry) => long.Parse(entry[..entry.IndexOf(' ')], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
