using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.Duplicates;
using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Findings.Similarity;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Tests.Findings;

public sealed class DuplicateTests
{
    private static readonly DuplicateModel Model = DuplicateTrainer.Train(DuplicateEvaluation.Live(SampleFindings.Grouped(4, 5), []), 1, default);

    [Fact]
    public void Detector_ShouldPutTellingsOfOneIssueTogether_AndKeepTheFirstAsCanonical()
    {
        DuplicateDetector detector = NewDetector();
        Dictionary<string, string> canonical = [];
        foreach (LabelledFinding finding in SampleFindings.Grouped(1, 4))
        {
            detector.Observe(finding.Finding);
            canonical.TryAdd(finding.Group!, finding.Finding.Id);
        }

        Assert.All(SampleFindings.Grouped(1, 4), finding => Assert.Equal(canonical[finding.Group!], detector.CanonicalOf(finding.Finding.Id)));
    }

    [Fact]
    public void Detector_ShouldSayWhy_WhenItFindsADuplicate()
    {
        DuplicateDetector detector = NewDetector();
        List<LabelledFinding> findings = SampleFindings.Grouped(1, 3);
        List<DuplicateVerdict> verdicts = [.. findings.Select(finding => detector.Observe(finding.Finding))];
        Assert.NotEmpty(verdicts[^1].Duplicates);
        Assert.All(verdicts[^1].Duplicates, match => Assert.NotEmpty(match.Reasons));
    }

    [Fact]
    public void Detector_ShouldNotCountAFindingTwice()
    {
        DuplicateDetector detector = NewDetector();
        FindingText finding = SampleFindings.Grouped(1, 1)[0].Finding;
        detector.Observe(finding);
        Assert.Equal(finding.Id, detector.Observe(finding).CanonicalId);
        Assert.Equal(1, detector.Count);
    }

    [Fact]
    public void Detector_ShouldReportTheSameTextOfAnotherPlatform_AsCrossPlatform()
    {
        DuplicateDetector detector = NewDetector();
        FindingText first = SampleFindings.Grouped(1, 1)[2].Finding;
        detector.Observe(first);
        DuplicateVerdict verdict = detector.Observe(first with { Id = "other", Platform = "code4rena", Contest = "7" });
        Assert.Equal("other", verdict.CanonicalId);
        DuplicateMatch match = Assert.Single(verdict.Related);
        Assert.True(match.CrossPlatform);
        Assert.Equal(first.Id, match.Id);
    }

    [Fact]
    public void Detector_ShouldTakeThousandsOfIdenticalFindings_InBoundedTimeEach()
    {
        DuplicateDetector detector = NewDetector();
        FindingText same = SampleFindings.Grouped(1, 1)[0].Finding;
        for (int i = 0; i < 2_000; i++)
        {
            detector.Observe(same with { Id = $"copy {i}" });
        }

        Assert.Equal(2_000, detector.Count);
        Assert.Equal("copy 0", detector.CanonicalOf("copy 1999"));
    }

    [Fact]
    public void Clusters_ShouldMergeAndKeepTheOlderCanonical_WhenANewFindingBindsThem()
    {
        var clusters = new DuplicateClusters(0.5);
        clusters.Add(0, 0, []);
        clusters.Add(0, 1, [new ScoredPair(0, 0.4)]);
        Assert.Equal(1, clusters.CanonicalOf(1));
        var merged = new List<(int, int)>();
        Assert.Equal(0, clusters.Add(0, 2, [new ScoredPair(0, 0.9), new ScoredPair(1, 0.9)], (gone, into) => merged.Add((gone, into))));
        Assert.Equal(0, clusters.CanonicalOf(1));
        Assert.Equal((1, 0), Assert.Single(merged));
    }

    [Fact]
    public void Evaluation_ShouldBeTheSame_WhenRunTwice()
    {
        List<LabelledFinding> findings = SampleFindings.Grouped(3, 4);
        DuplicateJudgement one = DuplicateEvaluation.LeaveOneOut(DuplicateEvaluation.Live(findings, []), 1, _ => { }, default);
        DuplicateJudgement two = DuplicateEvaluation.LeaveOneOut(DuplicateEvaluation.Live(findings, []), 1, _ => { }, default);
        Assert.Equal(one.PairwiseF1, two.PairwiseF1);
        Assert.Equal(one.Contests, two.Contests);
        Assert.True(one.PairwiseF1 > 0.9, $"{one.PairwiseF1}");
    }

    [Fact]
    public void Measures_ShouldBeThoseWorkedOutByHand()
    {
        int[] truth = [0, 0, 0, 1, 1];
        int[] said = [0, 0, 1, 1, 1];
        (long pairsSaid, long pairsTrue, long both) = ClusterMeasures.Pairs(said, truth);
        Assert.Equal((4, 4, 2), (pairsSaid, pairsTrue, both));
        PrecisionRecall bcubed = ClusterMeasures.BCubed(said, truth);
        Assert.Equal((1 + 1 + (1 / 3.0) + (2 / 3.0) + (2 / 3.0)) / 5, bcubed.Precision, 10);
        Assert.Equal(((2 / 3.0) + (2 / 3.0) + (1 / 3.0) + 1 + 1) / 5, bcubed.Recall, 10);
    }

    private static DuplicateDetector NewDetector() => new(Model, new TermStatistics(), new RuleClassifier());
}
