namespace AuditIntel.Intelligence.Transactions.Ensemble;

/// <summary>What the models say of one transaction.</summary>
/// <param name="Probability">The ensemble's calibrated probability that the transaction belongs to a fraudulent account, 0 to 1.</param>
/// <param name="IsolationForest">Anomaly score of the isolation forest, 0 to 1; about 0.5 is ordinary. Knows no labels.</param>
/// <param name="Supervised">Probability by the boosted trees alone, 0 to 1.</param>
/// <param name="Baseline">Mean deviation of the watched features, 0 to 8 robust standard deviations. Knows no labels.</param>
public readonly record struct TransactionScore(double Probability, double IsolationForest, double Supervised, double Baseline);
