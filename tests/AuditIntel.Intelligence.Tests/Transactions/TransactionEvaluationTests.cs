using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Training;
using Xunit.Abstractions;

namespace AuditIntel.Intelligence.Tests.Transactions;

public sealed class TransactionEvaluationTests(ITestOutputHelper output)
{
    [Fact]
    public void Evaluation_ShouldJudgeOtherAccountsThanItTrainsOn()
    {
        IReadOnlyList<LabelledTransaction> stream = StreamedTransactions.Labelled(900, 1);
        EvaluationResult result = TransactionEvaluation.Run(stream, TrainedModel.Options);
        Assert.Equal(stream.Count, result.TrainedTransactions + result.JudgedTransactions);
        Assert.Equal(900, result.TrainedAccounts + result.JudgedAccounts);
        Assert.InRange(result.Ensemble.RocAuc, 0.85, 1);
    }

    [Fact]
    public void Evaluation_ShouldLeaveOutAccountsThatItTrainsOn()
    {
        IReadOnlyList<LabelledTransaction> training = StreamedTransactions.Labelled(700, 1);
        IReadOnlyList<LabelledTransaction> judged = [.. StreamedTransactions.Labelled(900, 2)];
        Assert.Equal(200, TransactionEvaluation.Run(judged, training, TrainedModel.Options).JudgedAccounts);
        Assert.Throws<ArgumentException>(() => TransactionEvaluation.Run(training, training, TrainedModel.Options));
    }

    // Fewer trees than by default, so that it takes seconds; the figures of the README are of the defaults.
    [Fact]
    public void Evaluation_ShouldReachTheTargets_OnRealAccountsThatItHasNotSeen()
    {
        if (RealData.ChainFolder() is not { } folder)
        {
            output.WriteLine("No shared/data/chain beside the repository: not judged.");
            return;
        }

        using FileStream transactions = File.OpenRead(Path.Combine(folder, "transactions", "ethereum-accounts.csv.gz"));
        using FileStream flags = File.OpenRead(Path.Combine(folder, "labels", "account-flags.csv"));
        IReadOnlyList<LabelledTransaction> stream = LabelledTransactionReader.Read(transactions, flags);
        Assert.Equal(291_688, stream.Count);
        EvaluationResult result = TransactionEvaluation.Run(stream, new TrainingOptions { Boosting = new BoostingOptions { Trees = 60, LearningRate = 0.2 } });
        output.WriteLine(result.ToString());
        Assert.InRange(result.IsolationForest.RocAuc, 0.85, 1);
        Assert.InRange(result.Supervised.RocAuc, 0.97, 1);
        Assert.InRange(result.Supervised.AveragePrecision, 0.94, 1);
        Assert.InRange(result.Ensemble.RocAuc, 0.97, 1);
    }
}
