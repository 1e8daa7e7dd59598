namespace AuditIntel.Intelligence.Transactions.Training;

/// <summary>How well scores put the flagged first, and how fast they were made.</summary>
/// <param name="RocAuc">Area under the ROC curve over transactions.</param>
/// <param name="AveragePrecision">Average precision over transactions.</param>
/// <param name="PerAccountRocAuc">Area under the ROC curve over accounts, each with the mean score of its transactions.</param>
/// <param name="ScoredPerSecond">Transactions a second on one thread, in a batch, from the feature vector on; 0 where it was not measured.</param>
public sealed record ModelMetrics(double RocAuc, double AveragePrecision, double PerAccountRocAuc, double ScoredPerSecond);
