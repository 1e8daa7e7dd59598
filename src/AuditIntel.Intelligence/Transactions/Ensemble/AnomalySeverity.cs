namespace AuditIntel.Intelligence.Transactions.Ensemble;

/// <summary>How urgent an anomaly is, ascending.</summary>
public enum AnomalySeverity
{
    /// <summary>No anomaly.</summary>
    None,
    Low,
    Medium,
    High,
    Critical,
}
