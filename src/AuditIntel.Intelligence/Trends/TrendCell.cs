using System.Globalization;
using AuditIntel.Contracts;

namespace AuditIntel.Intelligence.Trends;

/// <summary>What trends count findings by.</summary>
/// <param name="Day">Day of publication, UTC; null for a finding without a date that can be true.</param>
/// <param name="Type">Id in the taxonomy, or unknown.</param>
/// <param name="Platform">Where it was published.</param>
/// <param name="Severity">On the common scale.</param>
public readonly record struct TrendCell(DateOnly? Day, string Type, string Platform, Severity Severity)
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string Undated = "undated";

    /// <summary>First block of Ethereum: before, there was nothing to find. A source that gives such a date gives none.</summary>
    private static readonly DateTimeOffset Beginning = new(2015, 7, 30, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The cell of a finding. A date before all contracts, or later than the day after it was collected, is none.</summary>
    public static TrendCell Of(Finding finding)
    {
        bool isTrue = finding.PublishedAt is { } at && at >= Beginning && at <= finding.CollectedAt.AddDays(1);
        return new TrendCell(isTrue ? DateOnly.FromDateTime(finding.PublishedAt!.Value.UtcDateTime) : null, finding.VulnerabilityType, finding.Platform, finding.Severity);
    }

    /// <summary>The cell as a key: day, severity, type, platform.</summary>
    public string Key() => $"{Day?.ToString(DayFormat, CultureInfo.InvariantCulture) ?? Undated}|{Severity.ToSymbol()}|{Type}|{Platform}";

    /// <exception cref="FormatException">The text is no key.</exception>
    public static TrendCell Parse(string key)
    {
        string[] parts = key.Split('|', 4);
        if (parts.Length < 4)
        {
            throw new FormatException($"'{key}' is no cell of trends: it should be day|severity|type|platform.");
        }

        DateOnly? day = parts[0] == Undated ? null : DateOnly.ParseExact(parts[0], DayFormat, CultureInfo.InvariantCulture);
        Severity severity = Enum.GetValues<Severity>().FirstOrDefault(each => each.ToSymbol() == parts[1]);
        return new TrendCell(day, parts[2], parts[3], severity);
    }
}
