using AuditIntel.Intelligence.Transactions.Baseline;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Features;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Tests.Transactions;

public sealed class TransactionModelTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Model_ShouldTellFlaggedAccountsApart_WhenItHasNotSeenThem()
    {
        TransactionMatrix others = TransactionMatrix.Extract(StreamedTransactions.Labelled(300, 2));
        EvaluationResult result = TransactionEvaluation.Judge(trained.Model, others);
        Assert.InRange(result.Supervised.RocAuc, 0.85, 1);
        Assert.InRange(result.Ensemble.RocAuc, 0.85, 1);
        Assert.InRange(result.Ensemble.PerAccountRocAuc, 0.97, 1);
    }

    [Fact]
    public void Probability_ShouldBeCalibrated()
    {
        TransactionMatrix others = TransactionMatrix.Extract(StreamedTransactions.Labelled(900, 2));
        var scores = new TransactionScore[others.Count];
        trained.Model.Score(others.Values, scores);
        (double Probability, bool Flagged)[] sure = [.. scores.Zip(others.Labels, (score, label) => (score.Probability, label)).Where(each => each.Probability > 0.7)];
        Assert.InRange(sure.Average(each => each.Flagged ? 1.0 : 0) - sure.Average(each => each.Probability), -0.08, 0.08);
    }

    [Fact]
    public void Batch_ShouldScoreAsOneByOne()
    {
        var batch = new TransactionScore[trained.Rows.Count];
        trained.Model.Score(trained.Rows.Values, batch);
        for (int row = 0; row < batch.Length; row += 17)
        {
            Assert.Equal(batch[row], trained.Model.Score(trained.Rows.Row(row)));
        }
    }

    [Fact]
    public void Scoring_ShouldAllocateNothing()
    {
        trained.Model.Score(trained.Rows.Row(0));
        long before = GC.GetAllocatedBytesForCurrentThread();
        trained.Model.Score(trained.Rows.Row(1));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Contributions_ShouldSumUpToTheLogOdds()
    {
        double[] contributions = new double[FeatureSchema.Count];
        for (int row = 0; row < 200; row++)
        {
            double rest = trained.Model.Contributions(trained.Rows.Row(row), contributions);
            Assert.Equal(Logistic.LogOdds(trained.Model.Score(trained.Rows.Row(row)).Probability), rest + contributions.Sum(), 2);
        }
    }

    [Fact]
    public void Verdict_ShouldGiveReasons_StrongestFirst()
    {
        int row = MostSuspicious();
        TransactionScore score = trained.Model.Score(trained.Rows.Row(row));
        TransactionVerdict verdict = trained.Model.Explain(trained.Rows.Row(row), score, new SeverityThresholds(), 4);
        Assert.NotEqual(AnomalySeverity.None, verdict.Severity);
        Assert.InRange(verdict.Confidence, 0.1, 1);
        Assert.InRange(verdict.Reasons.Count, 1, 4);
        Assert.Equal(verdict.Reasons.Select(reason => reason.Contribution).OrderDescending(), verdict.Reasons.Select(reason => reason.Contribution));
        Assert.All(verdict.Reasons, reason =>
        {
            Assert.True(reason.Contribution > 0);
            Assert.Equal(trained.Rows.Row(row)[FeatureSchema.IndexOf(reason.Feature.Name)], reason.Value);
            Assert.True(reason.UsualLow <= reason.UsualHigh);
        });
    }

    [Theory]
    [InlineData(0.2, AnomalySeverity.None)]
    [InlineData(0.5, AnomalySeverity.Low)]
    [InlineData(0.8, AnomalySeverity.Medium)]
    [InlineData(0.96, AnomalySeverity.High)]
    [InlineData(0.995, AnomalySeverity.Critical)]
    public void Severity_ShouldFollowTheThresholds(double probability, AnomalySeverity severity) => Assert.Equal(severity, new SeverityThresholds().Of(probability));

    [Fact]
    public void Thresholds_ShouldBeRefused_WhenTheyDoNotAscend() => Assert.Single(new SeverityThresholds { Low = 0.9 }.Validate());

    [Fact]
    public void Baseline_ShouldCountTheSuspiciousSideOnly()
    {
        int feature = FeatureSchema.IndexOf("tx.value");
        float[] rows = new float[101 * FeatureSchema.Count];
        for (int row = 0; row < 101; row++)
        {
            rows[(row * FeatureSchema.Count) + feature] = row - 50;
        }

        float[] high = Deviations(Direction.High, 37);
        Assert.InRange(high[0], 0.9, 1.1);
        Assert.Equal(0, Deviations(Direction.Low, 37)[0]);
        Assert.Equal(high[0], Deviations(Direction.Both, -37)[0]);
        Assert.Equal(RobustBaseline.MostDeviation, Deviations(Direction.High, 1e9f)[0]);

        float[] Deviations(Direction direction, float value)
        {
            RobustBaseline baseline = RobustBaseline.Train(rows, [new Signal("tx.value", direction)]);
            float[] vector = new float[FeatureSchema.Count];
            vector[feature] = value;
            float[] deviations = new float[1];
            baseline.Deviations(vector, deviations);
            return deviations;
        }
    }

    [Fact]
    public void Training_ShouldRefuse_WhenThereIsOnlyOneAnswer()
    {
        TransactionMatrix rows = TransactionMatrix.Extract([.. StreamedTransactions.Labelled(50, 1).Select(each => each with { IsFlagged = true })]);
        Assert.Contains("flagged and other accounts", Assert.Throws<ArgumentException>(() => TransactionModelTrainer.Train(rows, TrainedModel.Options)).Message);
    }

    private int MostSuspicious() =>
        Enumerable.Range(0, trained.Rows.Count).MaxBy(row => trained.Model.Score(trained.Rows.Row(row)).Probability);
}
