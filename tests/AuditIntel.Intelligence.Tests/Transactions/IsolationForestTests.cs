using System.Globalization;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Isolation;

namespace AuditIntel.Intelligence.Tests.Transactions;

public sealed class IsolationForestTests
{
    private const int Width = 6;
    private readonly float[] _rows;
    private readonly double[] _golden;

    public IsolationForestTests()
    {
        float[][] lines =
        [
            .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Transactions", "Golden", "isolation-forest.csv")).Skip(1)
                .Select(line => line.Split(',').Select(each => float.Parse(each, CultureInfo.InvariantCulture)).ToArray()),
        ];
        _rows = [.. lines.SelectMany(line => line.Take(Width))];
        _golden = [.. lines.Select(line => (double)line[Width])];
    }

    // The golden file is made by benchmarks/python/isolation_forest_golden.py, with 1000 trees: what is left is the sampling error of our 100.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Scores_ShouldAgreeWithScikitLearn_WithinSamplingError(long seed)
    {
        double[] scores = Scores(IsolationForestTrainer.Train(_rows, Width, new IsolationForestOptions { Seed = seed }));
        Assert.InRange(Ranking.RankCorrelation(scores, _golden), 0.95, 1);
        Assert.InRange(scores.Zip(_golden, (ours, theirs) => Math.Abs(ours - theirs)).Average(), 0, 0.02);
    }

    [Fact]
    public void Batch_ShouldScoreAsOneByOne()
    {
        IsolationForest forest = IsolationForestTrainer.Train(_rows, Width, new IsolationForestOptions { Trees = 37 });
        float[] batch = new float[_golden.Length];
        forest.Score(_rows, batch);
        Assert.Equal(Scores(forest), batch.Select(score => (double)score));
    }

    [Fact]
    public void Seed_ShouldDecideEverything()
    {
        double[] first = Scores(IsolationForestTrainer.Train(_rows, Width, new IsolationForestOptions { Seed = 5 }));
        Assert.Equal(first, Scores(IsolationForestTrainer.Train(_rows, Width, new IsolationForestOptions { Seed = 5 })));
        Assert.NotEqual(first, Scores(IsolationForestTrainer.Train(_rows, Width, new IsolationForestOptions { Seed = 6 })));
    }

    [Fact]
    public void Contributions_ShouldSumUpToTheScore_AndNameTheStrangeFeature()
    {
        IsolationForest forest = IsolationForestTrainer.Train(_rows, Width, new IsolationForestOptions());
        float[] stranger = [0, 0, 30, 0, 0, 0];
        float[] contributions = new float[Width];
        forest.Explain(stranger, contributions);
        Assert.Equal(Math.Log2(forest.Score(stranger)), forest.Baseline + contributions.Sum(), 4);
        Assert.Equal(2, Array.IndexOf(contributions, contributions.Max()));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(600)]
    public void Forest_ShouldGrow_OnSamplesOfAnySize(int sample)
    {
        IsolationForest forest = IsolationForestTrainer.Train(_rows, Width, new IsolationForestOptions { SampleSize = sample, Trees = 9 });
        Assert.All(Scores(forest), score => Assert.InRange(score, 0, 1));
    }

    [Fact]
    public void Rows_ShouldAllScoreAlike_WhenTheyAreEqual()
    {
        IsolationForest forest = IsolationForestTrainer.Train(new float[100 * Width], Width, new IsolationForestOptions());
        Assert.Equal(0.5, forest.Score(new float[Width]), 3);
    }

    [Fact]
    public void Training_ShouldRefuse_WhatCannotBe()
    {
        Assert.Contains("Trees is 0", Assert.Throws<ArgumentException>(() => IsolationForestTrainer.Train(_rows, Width, new IsolationForestOptions { Trees = 0 })).Message);
        Assert.Throws<ArgumentException>(() => IsolationForestTrainer.Train([1, 2], 2, new IsolationForestOptions()));
        Assert.Throws<ArgumentException>(() => IsolationForestTrainer.Train(_rows, Width, new IsolationForestOptions()).Score(new float[2]));
    }

    [Fact]
    public void Scoring_ShouldAllocateNothing()
    {
        IsolationForest forest = IsolationForestTrainer.Train(_rows, Width, new IsolationForestOptions());
        forest.Score(_rows.AsSpan(0, Width));
        long before = GC.GetAllocatedBytesForCurrentThread();
        forest.Score(_rows.AsSpan(0, Width));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private double[] Scores(IsolationForest forest) =>
        [.. Enumerable.Range(0, _golden.Length).Select(row => (double)forest.Score(_rows.AsSpan(row * Width, Width)))];
}
