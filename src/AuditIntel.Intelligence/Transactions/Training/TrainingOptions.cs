using System.Collections.Immutable;
using AuditIntel.Intelligence.Transactions.Baseline;
using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Isolation;

namespace AuditIntel.Intelligence.Transactions.Training;

/// <summary>How a transaction model is trained.</summary>
public sealed record TrainingOptions
{
    /// <value>Same seed, same rows: same artefact, byte for byte.</value>
    public long Seed { get; init; } = 1;

    /// <value>What baseline and isolation forest watch.</value>
    public ImmutableArray<Signal> Signals { get; init; } = WatchedSignals.Default;

    public IsolationForestOptions Forest { get; init; } = new();

    public BoostingOptions Boosting { get; init; } = new();

    /// <summary>What is wrong with the options, one sentence each.</summary>
    public IEnumerable<string> Validate() => [.. Forest.Validate(), .. Boosting.Validate(), .. Signals.IsDefaultOrEmpty ? ["At least one signal has to be watched."] : Array.Empty<string>()];
}
