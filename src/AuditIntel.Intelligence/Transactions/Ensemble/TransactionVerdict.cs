namespace AuditIntel.Intelligence.Transactions.Ensemble;

/// <summary>A score with its consequence.</summary>
/// <param name="Score">What the models say.</param>
/// <param name="Severity">By the thresholds.</param>
/// <param name="Confidence">0 to 1: the distance of the probability from a toss, less where the accounts have little history.</param>
/// <param name="Reasons">What speaks for an anomaly, strongest first.</param>
public sealed record TransactionVerdict(TransactionScore Score, AnomalySeverity Severity, double Confidence, IReadOnlyList<AnomalyReason> Reasons);
