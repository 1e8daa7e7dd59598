using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Transactions.Evaluation;

/// <summary>How the models did on accounts that none of them was trained on.</summary>
/// <param name="TrainedTransactions">Transactions of the training accounts.</param>
/// <param name="TrainedAccounts">Training accounts.</param>
/// <param name="JudgedTransactions">Transactions of the judged accounts.</param>
/// <param name="JudgedAccounts">Judged accounts.</param>
/// <param name="Baseline">Robust statistics; no labels.</param>
/// <param name="IsolationForest">No labels.</param>
/// <param name="Supervised">Boosted trees.</param>
/// <param name="Ensemble">All of them.</param>
public sealed record EvaluationResult(
    int TrainedTransactions,
    int TrainedAccounts,
    int JudgedTransactions,
    int JudgedAccounts,
    ModelMetrics Baseline,
    ModelMetrics IsolationForest,
    ModelMetrics Supervised,
    ModelMetrics Ensemble);
