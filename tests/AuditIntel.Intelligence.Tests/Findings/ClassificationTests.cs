using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Tests.Findings;

public sealed class ClassificationTests
{
    [Fact]
    public void Forest_ShouldLearnWhatNoSingleFeatureTells()
    {
        (float[][] rows, int[] labels) = Crossed();
        RandomForest forest = Grow(rows, labels, seed: 1);
        Assert.All(rows.Zip(labels), each => Assert.True(forest.Predict(each.First)[each.Second] > 0.5));
    }

    [Fact]
    public void Forest_ShouldBeTheSame_WhenSeedAndRowsAre()
    {
        (float[][] rows, int[] labels) = Crossed();
        Assert.Equal(Grow(rows, labels, seed: 3).Nodes, Grow(rows, labels, seed: 3).Nodes);
        Assert.NotEqual(Grow(rows, labels, seed: 3).Nodes, Grow(rows, labels, seed: 4).Nodes);
    }

    [Fact]
    public void Forest_ShouldGiveProbabilitiesThatSumUpToOne()
    {
        (float[][] rows, int[] labels) = Crossed();
        Assert.Equal(1, Grow(rows, labels, seed: 1).Predict([0.3f, 0.4f, 0.5f]).Sum(), 5);
    }

    [Fact]
    public void Forest_ShouldBeRefused_WhenANodeLeadsAstray()
    {
        ForestNode[] nodes = [new(0, 0, 1), new(0, -1, 0), new(0, -1, 7)];
        Assert.Throws<ArgumentException>(() => new RandomForest(2, 1, nodes, [0], [1, 0, 0, 1]));
    }

    [Fact]
    public void Forest_ShouldBeRefused_WhenANodeLeadsBack()
    {
        ForestNode[] nodes = [new(0, 0, 0), new(0, -1, 0)];
        Assert.Throws<ArgumentException>(() => new RandomForest(2, 1, nodes, [0], [1, 0]));
    }

    [Theory]
    [InlineData("high at first, but medium in the end", 1, 0)]
    [InlineData("a non-critical matter", 2, 2)]
    [InlineData("medium, later raised to high", 0, 1)]
    public void Mentions_ShouldTellFirstAndLast(string text, int last, int first)
    {
        float[] mentions = SeverityMentions.Of(text);
        Assert.Equal(1, mentions[2 * last]);
        Assert.Equal(1, mentions[(2 * first) + 1]);
    }

    [Fact]
    public void Mentions_ShouldBeNothing_WhereNoSeverityIsNamed() => Assert.All(SeverityMentions.Of("the highest lowland is critical"), each => Assert.Equal(0, each));

    [Theory]
    [InlineData("decreased severity to medium", 1)]
    [InlineData("i believe high is right", 0)]
    [InlineData("a 1 (low risk)", 2)]
    [InlineData("keeping this non-critical", 2)]
    [InlineData("the sponsor says high severity, i sustain severity 2", 1)]
    public void Verdicts_ShouldTellWhatTheJudgeGivesAtLast(string said, int severity)
    {
        float[] verdicts = SeverityVerdicts.Of("a text", $"**[somebody (judge) commented](url):**\n> {said}");
        Assert.Equal([severity == 0 ? 1f : 0, severity == 1 ? 1 : 0, severity == 2 ? 1 : 0], verdicts[15..18]);
        Assert.All(verdicts[..12], each => Assert.Equal(0, each));
    }

    [Theory]
    [InlineData("a low-level call with high gas")]
    [InlineData("this is not high, and of medium likelihood")]
    public void Verdicts_ShouldBeNothing_WhereAWordIsNotTheFindingsSeverity(string text) =>
        Assert.All(SeverityVerdicts.Of(text, $"**[somebody confirmed](url):**\n> {text}"), each => Assert.Equal(0, each));

    [Fact]
    public void Verdicts_ShouldKeepAuthorCommentatorAndJudgeApart()
    {
        float[] verdicts = SeverityVerdicts.Of("severity: 3\nhigh risk", "**[sponsor disagreed](url):**\n> a medium\n**[x (judge) commented](url):**\n> as low");
        Assert.Equal([1, 1, 1], [verdicts[3], verdicts[10], verdicts[17]]);
    }

    [Fact]
    public void Stack_ShouldBeRefused_WhenItsForestReadsOtherNumbers()
    {
        FindingReading[] readings = [.. new[] { "Drained", "Typo" }.Select(title => FindingReading.Of(
            SampleFindings.Finding(title, title, "text", platform: ""), new RuleClassifier(), CueTable.Default))];
        TextClassifier view = TextClassifier.Train(readings, ["high", "low"], new ClassifierOptions { Words = [WordSource.Title] }, latent: null, default);
        RandomForest forest = Grow([[0, 0, 0], [1, 1, 1], [0, 0, 0], [1, 1, 1]], [0, 1, 0, 1], seed: 1);
        Assert.Throws<ArgumentException>(() => new StackedClassifier([view], readsVerdicts: false, forest, new SoftmaxRegression(2, 2, new float[6])));
    }

    private static RandomForest Grow(float[][] rows, int[] labels, long seed) => ForestGrower.Grow(
        rows, labels, [.. labels.Select(_ => 1.0)], 2, new ForestOptions { Trees = 60, LeastRows = 2, FeatureShare = 0.7, Seed = seed }, default);

    // Yes where one of two numbers is above a half, no where both or neither are.
    private static (float[][] Rows, int[] Labels) Crossed()
    {
        var rows = new List<float[]>();
        var labels = new List<int>();
        for (int i = 0; i < 400; i++)
        {
            float a = i % 20 / 20f;
            float b = i / 20 / 20f;
            rows.Add([a, b, i % 7]);
            labels.Add(a >= 0.5f ^ b >= 0.5f ? 1 : 0);
        }

        return ([.. rows], [.. labels]);
    }
}
