using AuditIntel.Contracts;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Trends;

/// <summary>Rows as the records that consumers read.</summary>
internal static class TrendRecords
{
    private const int LeastTrained = 3;
    private const int HighRank = 3;
    private const int MediumRank = 10;

    private static readonly Dictionary<string, string> Recommendations = TaxonomyTable.Default.Types.ToDictionary(type => type.Id, type => type.Recommendation);

    public static FindingTrend Of(TrendDimension dimension, string value, int days, DateOnly end, in TrendRow row) => new()
    {
        Dimension = dimension,
        Value = value,
        WindowDays = days,
        WindowStart = end.AddDays(1 - days),
        WindowEnd = end,
        Count = row.Count,
        PreviousCount = row.Previous,
        Direction = row.Direction,
        PValue = row.Probability,
        AdjustedPValue = row.Adjusted,
        Critical = row.Critical,
        High = row.High,
        Medium = row.Medium,
        Low = row.Low,
        Risk = row.Risk,
        Rank = row.Rank,
        Recommendation = dimension == TrendDimension.Type ? Recommendations.GetValueOrDefault(value) : null,
        TrainingNeed = dimension == TrendDimension.Type ? TrainingNeed(row) : null,
    };

    /// <summary>The findings of a series that no window holds.</summary>
    public static FindingTrend Undated(TrendSeries series)
    {
        var row = new TrendRow
        {
            Critical = series.Undated[(int)Severity.Critical],
            High = series.Undated[(int)Severity.High],
            Medium = series.Undated[(int)Severity.Medium],
            Low = series.Undated[(int)Severity.Low],
        };
        return new FindingTrend
        {
            Dimension = series.Dimension,
            Value = series.Value,
            WindowDays = 0,
            Count = series.Undated.Sum(),
            Critical = row.Critical,
            High = row.High,
            Medium = row.Medium,
            Low = row.Low,
            Risk = row.Risk,
        };
    }

    /// <summary>What weighs most is taught first, and what grows before what does not.</summary>
    private static string? TrainingNeed(in TrendRow row) => row switch
    {
        { Rank: 0 } or { Risk: 0 } or { Count: < LeastTrained } => null,
        { Rank: <= HighRank } or { Rank: <= MediumRank, Direction: TrendDirection.Up } => "high",
        { Rank: <= MediumRank } or { Direction: TrendDirection.Up } => "medium",
        _ => "low",
    };
}
