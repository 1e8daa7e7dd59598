namespace AuditIntel.Intelligence.Trends;

/// <summary>What trends are told by.</summary>
public static class TrendRules
{
    /// <value>Lengths of windows in days; each length has a window that ends on every day.</value>
    public static IReadOnlyList<int> WindowDays { get; } = [7, 30, 90];

    /// <summary>Findings in both windows that are needed for a test; fewer cannot be significant after the adjustment.</summary>
    public const int LeastTested = 5;

    /// <summary>Adjusted probability below which a change is one.</summary>
    public const double Significance = 0.05;

    /// <summary>Findings that make a new type an emerging threat.</summary>
    public const int LeastNew = 3;

    /// <summary>Findings that make a type that was there an emerging threat.</summary>
    public const int LeastSurging = 5;

    /// <summary>Days before a window without a finding of the type: then it is new.</summary>
    public const int NewAfterDays = 365;

    /// <summary>Days of history before a window that are needed to call anything new.</summary>
    public const int LeastHistoryDays = 90;

    /// <summary>Days after a finding on which windows end that it has a part in, for windows of the longest length.</summary>
    public const int ReachDays = NewAfterDays + 90;
}
