using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Evaluation;

namespace AuditIntel.Intelligence.Tests.Transactions;

public sealed class BoostedTreesTests
{
    private const int Width = 5;
    private static readonly BoostingOptions Small = new() { Trees = 60, Leaves = 8, LearningRate = 0.2, FeatureShare = 0.8 };

    [Fact]
    public void Trees_ShouldLearnWhatNoSingleFeatureTells()
    {
        (float[] rows, bool[] labels) = Checkerboard(4000, 1);
        (float[] others, bool[] truth) = Checkerboard(1000, 2);
        BoostedTrees trees = BoostedTreesTrainer.Train(rows, labels, Width, Small);
        Assert.InRange(Ranking.RocAuc(Scores(trees, others), truth), 0.99, 1);
    }

    [Fact]
    public void Batch_ShouldScoreAsOneByOne()
    {
        (float[] rows, bool[] labels) = Checkerboard(2000, 1);
        BoostedTrees trees = BoostedTreesTrainer.Train(rows, labels, Width, Small with { Trees = 23 });
        double[] one = [.. Enumerable.Range(0, labels.Length).Select(row => trees.Score(rows.AsSpan(row * Width, Width)))];
        Assert.Equal(one, Scores(trees, rows));
    }

    [Fact]
    public void Seed_ShouldDecideEverything()
    {
        (float[] rows, bool[] labels) = Checkerboard(2000, 1);
        double[] first = Scores(BoostedTreesTrainer.Train(rows, labels, Width, Small), rows);
        Assert.Equal(first, Scores(BoostedTreesTrainer.Train(rows, labels, Width, Small), rows));
        Assert.NotEqual(first, Scores(BoostedTreesTrainer.Train(rows, labels, Width, Small with { Seed = 2 }), rows));
    }

    [Fact]
    public void Growing_ShouldStop_WhenValidationGainsNoMore()
    {
        (float[] rows, bool[] labels) = Checkerboard(2000, 1);
        var random = new Random(4);
        bool[] noise = [.. labels.Select(_ => random.Next(2) == 0)];
        BoostedTrees trees = BoostedTreesTrainer.Train(rows, noise, Width, Small with { Patience = 5, Trees = 500 }, Checkerboard(500, 3));
        Assert.InRange(trees.Trees, 0, 100);
    }

    [Fact]
    public void Contributions_ShouldSumUpToTheScore()
    {
        (float[] rows, bool[] labels) = Checkerboard(2000, 1);
        BoostedTrees trees = BoostedTreesTrainer.Train(rows, labels, Width, Small);
        float[] contributions = new float[Width];
        for (int row = 0; row < 50; row++)
        {
            trees.Explain(rows.AsSpan(row * Width, Width), contributions);
            Assert.Equal(trees.Score(rows.AsSpan(row * Width, Width)), trees.Baseline + contributions.Sum(), 3);
        }
    }

    [Fact]
    public void Bins_ShouldKeepTheOrder_AndEveryValueOfAShortScale()
    {
        float[] rows = [.. Enumerable.Range(0, 3000).Select(row => row == 0 ? 9f : row % 3)];
        BinnedFeatures binned = BinnedFeatures.Of(rows, 1);
        Assert.Equal([0.5f, 1.5f, 5.5f], binned.Bounds[0]);
        Assert.Equal(3, binned.Bins[0][0]);
        Assert.Equal(1, binned.Bins[0][1]);
    }

    [Fact]
    public void Training_ShouldRefuse_WhatCannotBe()
    {
        (float[] rows, bool[] labels) = Checkerboard(200, 1);
        Assert.Throws<ArgumentException>(() => BoostedTreesTrainer.Train(rows, labels, Width + 1, Small));
        Assert.Throws<ArgumentException>(() => BoostedTreesTrainer.Train(rows, new bool[labels.Length], Width, Small));
        Assert.Contains("LearningRate", Assert.Throws<ArgumentException>(() => BoostedTreesTrainer.Train(rows, labels, Width, Small with { LearningRate = 0 })).Message);
    }

    private static double[] Scores(BoostedTrees trees, float[] rows)
    {
        double[] scores = new double[rows.Length / Width];
        trees.Score(rows, scores);
        return scores;
    }

    private static (float[] Rows, bool[] Labels) Checkerboard(int count, int seed)
    {
        var random = new Random(seed);
        float[] rows = [.. Enumerable.Range(0, count * Width).Select(_ => (float)random.NextDouble())];
        return (rows, [.. Enumerable.Range(0, count).Select(row => rows[row * Width] > 0.5f != rows[(row * Width) + 1] > 0.3f)]);
    }
}
