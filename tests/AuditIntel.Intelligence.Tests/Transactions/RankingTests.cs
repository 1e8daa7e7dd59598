using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Tests.Transactions;

public sealed class RankingTests
{
    private static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8, 0.4, 0.2, 0.9, 0.4];
    private static readonly bool[] Labels = [false, false, true, true, true, false, false, true];

    // Expectations from sklearn.metrics of scikit-learn 1.2.1.
    [Fact]
    public void RocAuc_ShouldBeScikitLearns() => Assert.Equal(RocAucOfScikitLearn, Ranking.RocAuc(Scores, Labels), 12);

    [Fact]
    public void AveragePrecision_ShouldBeScikitLearns() => Assert.Equal(AveragePrecisionOfScikitLearn, Ranking.AveragePrecision(Scores, Labels), 12);

    [Fact]
    public void RankCorrelation_ShouldBeScipys() =>
        Assert.Equal(SpearmanOfScipy, Ranking.RankCorrelation(Scores, [.. Scores.Select((score, i) => (score * score) - (i * 0.05))]), 12);

    [Fact]
    public void RocAuc_ShouldBeUndefined_WhenThereIsOneAnswerOnly() => Assert.True(double.IsNaN(Ranking.RocAuc([1, 2], [true, true])));

    [Fact]
    public void LogisticRegression_ShouldFindTheWeights_AndLeaveOutWhatWouldCountAgainst()
    {
        var random = new Random(1);
        double[] inputs = [.. Enumerable.Range(0, 60_000).Select(_ => (random.NextDouble() * 4) - 2)];
        bool[] labels = [.. Enumerable.Range(0, 20_000).Select(row =>
            random.NextDouble() < Logistic.Probability((2 * inputs[row * 3]) - inputs[(row * 3) + 1] + (0.5 * inputs[(row * 3) + 2]) - 1))];
        double[] weights = LogisticRegression.Fit(inputs, labels, 3);
        Assert.Equal(0, weights[1]);
        Assert.InRange(weights[0], 1.5, 2.1);
        Assert.InRange(weights[2], 0.3, 0.6);
        Assert.InRange(weights[3], -1.1, -0.7);
    }

    private const double RocAucOfScikitLearn = 0.625;
    private const double AveragePrecisionOfScikitLearn = 0.5916666666666667;
    private const double SpearmanOfScipy = 0.6587325492402599;
}
