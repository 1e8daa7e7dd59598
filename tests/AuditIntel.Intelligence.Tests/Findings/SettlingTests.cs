using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.Duplicates;
using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Findings.Similarity;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Tests.Findings;

public sealed class SettlingTests
{
    private const uint Contest = 7;

    private static readonly DuplicateModel Model = DuplicateTrainer.Train(DuplicateEvaluation.Live(SampleFindings.Grouped(4, 5), []), 1, default);

    [Fact]
    public void Linkage_ShouldPutTogetherWhatFitsBestFirst_AndLeaveWhatNoLongerFits()
    {
        // 0 and 1 are one issue, 2 is like 1 alone: beside both it is doubtful.
        IReadOnlyList<(int Gone, int Into, double Fit)> merged = AverageLinkage.Merge([0, 1, 2], [(1, 0), (2, 1), (2, 0)], [0.9, 0.5, 0.05], 0.3);
        Assert.Equal([(1, 0, 0.9)], merged);
    }

    [Fact]
    public void Linkage_ShouldCountPairsThatWereNotScoredAsNone()
    {
        Assert.Empty(AverageLinkage.Merge([0, 0, 2, 2], [(2, 0)], [0.9], 0.3));
        Assert.Equal([(2, 0, 0.45)], AverageLinkage.Merge([0, 0, 2], [(2, 0)], [0.9], 0.3));
    }

    [Fact]
    public void Linkage_ShouldGiveWhatSearchingAllClustersGives()
    {
        var random = new Random(1);
        for (int round = 0; round < 30; round++)
        {
            int count = 12;
            var pairs = new List<(int, int)>();
            var probabilities = new List<double>();
            for (int later = 0; later < count; later++)
            {
                for (int earlier = 0; earlier < later; earlier++)
                {
                    pairs.Add((later, earlier));
                    probabilities.Add(0.01 + (0.99 * Math.Pow(random.NextDouble(), 3)));
                }
            }

            int[] clusters = [.. Enumerable.Range(0, count)];
            foreach ((int gone, int into, _) in AverageLinkage.Merge(clusters, pairs.ToArray(), probabilities.ToArray(), 0.3))
            {
                clusters = [.. clusters.Select(cluster => cluster == gone ? into : cluster)];
            }

            Assert.Equal(Searched(count, pairs, probabilities, 0.3), clusters);
        }
    }

    [Fact]
    public void Clusters_ShouldLeaveWhatIsDoubtfulApart_UntilTheContestIsSettled()
    {
        var clusters = new DuplicateClusters(0.5);
        clusters.Add(Contest, 0, []);
        clusters.Add(Contest, 1, [new ScoredPair(0, 0.4)]);
        Assert.Equal(1, clusters.CanonicalOf(1));
        Assert.Equal([(1, 0, 0.4)], clusters.Settle(Contest, [0, 1], [(1, 0)], [0.4], 0.3));
        Assert.Equal(0, clusters.CanonicalOf(1));
    }

    [Fact]
    public void Clusters_ShouldTakeInFindingsAfterTheContestWasSettled()
    {
        var clusters = new DuplicateClusters(0.5);
        clusters.Add(Contest, 0, []);
        clusters.Add(Contest, 1, [new ScoredPair(0, 0.4)]);
        clusters.Settle(Contest, [0, 1], [(1, 0)], [0.4], 0.3);
        Assert.Equal(0, clusters.Add(Contest, 2, [new ScoredPair(1, 0.9), new ScoredPair(0, 0.8)]));
    }

    [Fact]
    public void Settling_ShouldTellWhichCanonicalFindingsWent_InOrder()
    {
        DuplicateDetector detector = NewDetector();
        List<FindingText> findings = [.. SampleFindings.Grouped(1, 4).Select(each => each.Finding)];
        findings.ForEach(finding => detector.Observe(finding));
        Dictionary<string, string> canonical = findings.ToDictionary(each => each.Id, each => detector.CanonicalOf(each.Id));
        foreach (DuplicateMerge merge in detector.Settle(findings[0].Platform, findings[0].Contest))
        {
            foreach (string id in canonical.Where(each => each.Value == merge.GoneId).Select(each => each.Key).ToArray())
            {
                canonical[id] = merge.CanonicalId;
            }
        }

        Assert.All(findings, each => Assert.Equal(canonical[each.Id], detector.CanonicalOf(each.Id)));
    }

    [Fact]
    public void Settling_ShouldDoNothing_WhenTheContestIsNotKnown() => Assert.Empty(NewDetector().Settle("sherlock", "nowhere"));

    [Fact]
    public void Settling_ShouldDoNothing_WhenItWasDoneBefore()
    {
        DuplicateDetector detector = NewDetector();
        List<FindingText> findings = [.. SampleFindings.Grouped(1, 4).Select(each => each.Finding)];
        findings.ForEach(finding => detector.Observe(finding));
        detector.Settle(findings[0].Platform, findings[0].Contest);
        Assert.Empty(detector.Settle(findings[0].Platform, findings[0].Contest));
    }

    [Fact]
    public void Settling_ShouldNeverPutFindingsOfOneDocumentTogether()
    {
        DuplicateDetector detector = NewDetector();
        List<FindingText> findings = [.. SampleFindings.Grouped(1, 4).Select(each => each.Finding with { Document = "report.md" })];
        findings.ForEach(finding => detector.Observe(finding));
        Assert.Empty(detector.Settle(findings[0].Platform, findings[0].Contest));
    }

    [Fact]
    public void MaturePairs_ShouldBeBounded_WhenAllFindingsAreTheSame()
    {
        var finder = new CandidateFinder(new TermStatistics());
        var sketcher = new FindingSketcher(new RuleClassifier());
        FindingText same = SampleFindings.Grouped(1, 1)[0].Finding;
        for (int i = 0; i < 300; i++)
        {
            finder.Next(sketcher.Sketch(same with { Id = $"copy {i}" }), out _);
        }

        (int[] findings, MaturePairs pairs) = finder.Mature(FindingSketcher.ContestOf(same.Platform, same.Contest))!.Value;
        Assert.Equal(300, findings.Length);
        Assert.InRange(pairs.Places.Length, 300, 300 * 96);
        Assert.All(pairs.Places, pair => Assert.True(pair.Later > pair.Earlier));
        Assert.Equal(pairs.Places.Length * PairFeatures.Width, pairs.Features.Length);
        Assert.All(pairs.Features, feature => Assert.True(float.IsFinite(feature)));
    }

    private static DuplicateDetector NewDetector() => new(Model, new TermStatistics(), new RuleClassifier());

    private static int[] Searched(int count, List<(int Later, int Earlier)> pairs, List<double> probabilities, double least)
    {
        int[] clusters = [.. Enumerable.Range(0, count)];
        while (true)
        {
            var best = (Fit: least, Older: -1, Younger: -1);
            foreach (int older in clusters.Distinct())
            {
                foreach (int younger in clusters.Distinct().Where(each => each > older))
                {
                    double fit = pairs.Select((pair, i) => (Clusters: (clusters[pair.Earlier], clusters[pair.Later]), Probability: probabilities[i]))
                        .Where(each => each.Clusters == (older, younger) || each.Clusters == (younger, older)).Average(each => each.Probability);
                    best = fit >= best.Fit ? (fit, older, younger) : best;
                }
            }

            if (best.Older < 0)
            {
                return clusters;
            }

            clusters = [.. clusters.Select(cluster => cluster == best.Younger ? best.Older : cluster)];
        }
    }
}
