namespace AuditIntel.Intelligence.Transactions.Baseline;

/// <summary>A feature that is watched without labels.</summary>
/// <param name="Feature">Its name in the feature schema.</param>
/// <param name="Direction">Which side of the usual counts; the other side counts as usual.</param>
public sealed record Signal(string Feature, Direction Direction);
