using AuditIntel.Contracts;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Trends;

/// <summary>Whether a type is an emerging threat in a window: new, or significantly more than doubled.</summary>
internal static class Emergence
{
    private static readonly Dictionary<string, VulnerabilityType> Types = TaxonomyTable.Default.Types.ToDictionary(type => type.Id);

    public static EmergingThreat? Of(TrendHistory history, string type, in TrendRow row, int days, DateOnly end)
    {
        int from = history.Offset(end) - days + 1;
        EmergenceKind? kind = null;
        if (type == VulnerabilityType.UnknownId || row.Count < TrendRules.LeastNew)
        {
            return null;
        }

        if (from >= TrendRules.LeastHistoryDays && history.Find(TrendDimension.Type, type)!.Count(from - TrendRules.NewAfterDays, from - 1) == 0)
        {
            kind = EmergenceKind.New;
        }
        else if (row.Count >= TrendRules.LeastSurging && row.Direction == TrendDirection.Up && row.Count > row.Previous * 2)
        {
            kind = EmergenceKind.Surging;
        }

        return kind is null ? null : Threat(history, type, row, days, end, kind.Value);
    }

    private static EmergingThreat Threat(TrendHistory history, string type, in TrendRow row, int days, DateOnly end, EmergenceKind kind)
    {
        DateOnly start = end.AddDays(1 - days);
        TrendCell[] cells = [.. history.CellsOf(type, start, end)];
        return new EmergingThreat
        {
            Type = type,
            Name = Types.GetValueOrDefault(type)?.Name ?? type,
            Kind = kind,
            WindowDays = days,
            WindowStart = start,
            WindowEnd = end,
            Count = row.Count,
            PreviousCount = row.Previous,
            Growth = row.Previous > 0 ? Math.Round((double)row.Count / row.Previous, 4) : null,
            AdjustedPValue = row.Adjusted,
            Platforms = [.. cells.Select(cell => cell.Platform).Distinct().Order(StringComparer.Ordinal)],
            WorstSeverity = cells.Max(cell => cell.Severity),
            Risk = row.Risk,
            Recommendation = Types.GetValueOrDefault(type)?.Recommendation ?? "",
        };
    }
}
