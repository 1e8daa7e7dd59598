using AuditIntel.Contracts;

namespace AuditIntel.Intelligence.Trends;

/// <summary>A window that is not as it was.</summary>
/// <param name="Key">Of the record: for a trend dimension/value/days/start, for a threat type/days/start.</param>
/// <param name="IsThreat">Whether it belongs to the emerging threats, or else to the trends.</param>
/// <param name="Trend">As it is now; null where there is none any more.</param>
/// <param name="Threat">As it is now; null where there is none any more.</param>
public sealed record TrendChange(string Key, bool IsThreat, FindingTrend? Trend, EmergingThreat? Threat);
