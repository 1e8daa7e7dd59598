using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Insights;

/// <summary>A window of trends, or one that is none any more, of which only the key counts.</summary>
internal sealed record TrendRow(FindingTrend Trend, bool IsGone)
{
    public (TrendDimension Dimension, string Value, int Days, DateOnly? Start) Key => (Trend.Dimension, Trend.Value, Trend.WindowDays, Trend.WindowStart);
}
