using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Insights;

/// <summary>An emerging threat, or one that was taken back, of which only the key counts.</summary>
internal sealed record ThreatRow(EmergingThreat Threat, bool IsGone)
{
    public (string Type, int Days, DateOnly Start) Key => (Threat.Type, Threat.WindowDays, Threat.WindowStart);
}
