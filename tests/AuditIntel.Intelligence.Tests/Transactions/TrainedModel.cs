using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Tests.Transactions;

/// <summary>A small model, trained once for all tests of a class.</summary>
public sealed class TrainedModel
{
    internal static readonly TrainingOptions Options = new() { Boosting = new BoostingOptions { Trees = 40, LearningRate = 0.2, LeastRows = 10, LeastHessian = 1 } };

    public TrainedModel()
    {
        Rows = TransactionMatrix.Extract(StreamedTransactions.Labelled(600, 1));
        Model = TransactionModelTrainer.Train(Rows, Options);
    }

    public TransactionMatrix Rows { get; }

    public TransactionModel Model { get; }
}
