using System.Globalization;

namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>Dates as sources write them.</summary>
internal static class Dates
{
    private const long FirstMillisecond = 100_000_000_000;

    private static readonly DateTimeOffset Earliest = new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Forms =
    [
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd", "yyyy-MM", "yyyyMMdd", "yyyy/MM/dd",
        "ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm zzz", "d MMM yyyy HH:mm:ss zzz", "d MMM yyyy HH:mm:ss 'GMT'",
        "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy",
    ];

    /// <summary>A time in UTC from 2009 (there is nothing older to report) to a day ahead of now; null for anything else.</summary>
    public static DateTimeOffset? Parse(string text, string? format, DateTimeOffset now)
    {
        DateTimeOffset? time = format is null ? Known(text.Trim()) : Exact(text.Trim(), [format]);
        return time >= Earliest && time <= now.AddDays(1) ? time : null;
    }

    private static DateTimeOffset? Known(string text)
    {
        if (Exact(Zoned(text), Forms) is { } time)
        {
            return time;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is > 0 and < 10_000_000_000_000)
        {
            return DateTimeOffset.FromUnixTimeMilliseconds((long)(number >= FirstMillisecond ? number : number * 1000));
        }

        return null;
    }

    private static DateTimeOffset? Exact(string text, string[] formats) =>
        DateTimeOffset.TryParseExact(
            text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset time)
            ? time
            : null;

    /// <summary>RFC 822 writes zones as +0000 and by name.</summary>
    private static string Zoned(string text)
    {
        foreach ((string name, string offset) in new[] { (" UTC", "+00:00"), (" UT", "+00:00"), (" Z", "+00:00"), (" EST", "-05:00"), (" EDT", "-04:00"), (" PST", "-08:00"), (" PDT", "-07:00") })
        {
            if (text.EndsWith(name, StringComparison.Ordinal))
            {
                return $"{text[..^name.Length]} {offset}";
            }
        }

        return text.Length > 6 && text[^5] is '+' or '-' && text[^6] == ' ' && text.AsSpan(text.Length - 4).ContainsAnyExceptInRange('0', '9') == false
            ? $"{text[..^2]}:{text[^2..]}"
            : text;
    }
}
