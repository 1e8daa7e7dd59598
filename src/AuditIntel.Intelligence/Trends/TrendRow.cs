using AuditIntel.Contracts;

namespace AuditIntel.Intelligence.Trends;

/// <summary>A window of one series in numbers.</summary>
internal readonly record struct TrendRow
{
    /// <summary>Weights of a critical, high, medium and low finding.</summary>
    private const int CriticalWeight = 10;
    private const int HighWeight = 7;
    private const int MediumWeight = 4;
    private const int LowWeight = 1;

    public long Count { get; init; }

    public long Previous { get; init; }

    public TrendDirection Direction { get; init; }

    public double? Probability { get; init; }

    public double? Adjusted { get; init; }

    public long Critical { get; init; }

    public long High { get; init; }

    public long Medium { get; init; }

    public long Low { get; init; }

    public int Rank { get; init; }

    /// <value>Frequency times severity.</value>
    public long Risk => (Critical * CriticalWeight) + (High * HighWeight) + (Medium * MediumWeight) + (Low * LowWeight);
}
