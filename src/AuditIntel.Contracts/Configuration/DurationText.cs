using System.Globalization;

namespace AuditIntel.Contracts;

/// <summary>Times as people write them in configuration: a whole number and one of ms, s, m, h, d.</summary>
public static class DurationText
{
    private static readonly (string Unit, long Milliseconds)[] Units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <returns>False for anything else, and beyond 10 000 days.</returns>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits < 1 || !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return false;
        }

        foreach ((string unit, long milliseconds) in Units)
        {
            if (text.AsSpan(digits).SequenceEqual(unit))
            {
                bool isSmall = number <= 10_000 * 86_400_000L / milliseconds;
                value = isSmall ? TimeSpan.FromMilliseconds(number * milliseconds) : default;
                return isSmall;
            }
        }

        return false;
    }

    /// <summary>The same in the largest unit that leaves a whole number.</summary>
    public static string Of(TimeSpan value)
    {
        long milliseconds = (long)value.TotalMilliseconds;
        (string unit, long size) = Units.LastOrDefault(each => milliseconds != 0 && milliseconds % each.Milliseconds == 0, ("s", 1000));
        return (milliseconds / size).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
