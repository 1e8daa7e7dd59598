namespace AuditIntel.Intelligence.Transactions.Baseline;

/// <summary>Which side of the usual is suspicious.</summary>
public enum Direction
{
    /// <summary>More than usual.</summary>
    High,

    /// <summary>Less than usual.</summary>
    Low,

    /// <summary>Either.</summary>
    Both,
}
