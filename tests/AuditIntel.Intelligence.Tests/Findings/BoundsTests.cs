using AuditIntel.Intelligence.Findings.Duplicates;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Intelligence.Tests.Findings;

/// <summary>What is remembered of a history does not grow with it, and what is within the bounds is as if there were none.</summary>
public sealed class BoundsTests
{
    private const int OfContest = 6;

    [Fact]
    public void Clusters_ShouldForgetBondsOfTheOldestContests_AndKeepTheirCanonicalFindings()
    {
        var clusters = new DuplicateClusters(0.5);
        for (uint contest = 0; contest < DuplicateClusters.MostContests + 50; contest++)
        {
            TakeIn(clusters, contest);
        }

        for (uint contest = 0; contest < DuplicateClusters.MostContests + 50; contest++)
        {
            int first = (int)contest * OfContest;
            Assert.Equal([first, first, first + 2, first, first + 2, first + 5], Enumerable.Range(first, OfContest).Select(clusters.CanonicalOf));
            Assert.Equal(contest < 50 ? 0 : 3, clusters.BondsOf(contest));
        }
    }

    [Fact]
    public void Clusters_ShouldTakeFindingsIn_WhenAForgottenContestComesBack()
    {
        var clusters = new DuplicateClusters(0.5);
        for (uint contest = 0; contest < DuplicateClusters.MostContests + 1; contest++)
        {
            TakeIn(clusters, contest);
        }

        int late = clusters.Count;
        Assert.Equal(0, clusters.Add(0, late, [new ScoredPair(0, 0.9), new ScoredPair(1, 0.9), new ScoredPair(3, 0.9), new ScoredPair(5, 0.1)]));
        Assert.Equal(late + 1, clusters.Add(0, late + 1, [new ScoredPair(2, 0.4)]));
        Assert.Equal(2, clusters.CanonicalOf(4));
    }

    [Fact]
    public void Contests_ShouldGoOldestFirst_WhenAllOfThemHoldTooMuch()
    {
        var contests = new RecentContests<List<int>>(3, 100, static () => [], static kept => kept.Count);
        foreach (uint contest in (ReadOnlySpan<uint>)[1, 2, 3])
        {
            contests.Of(contest).AddRange(Enumerable.Range(0, 40));
        }

        contests.Of(3);
        Assert.False(contests.TryGet(1, out _), "120 numbers are too many, and contest 1 is the oldest.");
        contests.Of(3).AddRange(Enumerable.Range(0, 400));
        Assert.Equal(440, contests.Of(3).Count);
        Assert.Equal(1, contests.Count);
    }

    [Fact]
    public void Bonds_ShouldKeepTheStrongerHalf_WhenThereAreTooMany()
    {
        var bonds = new ContestBonds(100);
        for (int other = 1; other <= 101; other++)
        {
            bonds.Bind(0, other, new Bond(other / 200.0, 1));
        }

        bonds.Prune();
        Assert.Equal(51, bonds.Count);
        Assert.Equal(Enumerable.Range(51, 51), bonds.BoundTo(0).ToArray().Order());
        Assert.Equal(52, bonds.Clusters);
        Assert.Equal(default, bonds.Between(0, 50));
        Assert.Equal(0.255, bonds.Between(51, 0).Sum, 12);
    }

    [Fact]
    public void Clusters_ShouldBeThoseOfAllPairs_WhenNothingIsForgotten()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var clusters = new DuplicateClusters(0.4);
            var plain = new PlainClusters(0.4);
            for (int finding = 0; finding < 80; finding++)
            {
                ScoredPair[] pairs = [.. Enumerable.Range(0, finding).Where(_ => random.Next(4) == 0).Select(other => new ScoredPair(other, random.Next(1_024) / 1_024.0))];
                clusters.Add((uint)(finding & 1), finding, [.. pairs.Where(pair => (pair.Finding & 1) == (finding & 1))]);
                plain.Add(finding, [.. pairs.Where(pair => (pair.Finding & 1) == (finding & 1))]);
            }

            return Enumerable.Range(0, 80).All(finding => clusters.CanonicalOf(finding) == plain.CanonicalOf(finding));
        }).QuickCheckThrowOnFailure();
    }

    private static void TakeIn(DuplicateClusters clusters, uint contest)
    {
        int first = clusters.Count;
        clusters.Add(contest, first, []);
        clusters.Add(contest, first + 1, [new ScoredPair(first, 0.8)]);
        clusters.Add(contest, first + 2, [new ScoredPair(first, 0.1)]);
        clusters.Add(contest, first + 3, [new ScoredPair(first, 0.9), new ScoredPair(first + 1, 0.7)]);
        clusters.Add(contest, first + 4, [new ScoredPair(first + 2, 0.9), new ScoredPair(first + 3, 0.2)]);
        clusters.Add(contest, first + 5, [new ScoredPair(first + 3, 0.1), new ScoredPair(first + 4, 0.1)]);
    }

    /// <summary>The same rule told plainly: every pair is kept for ever, and averages are taken anew each time.</summary>
    private sealed class PlainClusters(double threshold)
    {
        private readonly List<int> _canonical = [];
        private readonly List<(int A, int B, double Probability)> _pairs = [];

        public int CanonicalOf(int finding) => _canonical[finding];

        public void Add(int finding, ScoredPair[] pairs)
        {
            _canonical.Add(finding);
            _pairs.AddRange(pairs.Select(pair => (finding, pair.Finding, pair.Probability)));
            for (int at = finding; ;)
            {
                var best = Enumerable.Range(0, finding + 1).Where(other => other != at && _canonical[other] == other)
                    .Select(other => (Other: other, Fit: Fit(at, other))).OrderByDescending(each => each.Fit).ThenBy(each => each.Other).FirstOrDefault((Other: -1, Fit: -1));
                if (best.Fit < threshold)
                {
                    return;
                }

                (int older, int younger) = best.Other < at ? (best.Other, at) : (at, best.Other);
                for (int i = 0; i < _canonical.Count; i++)
                {
                    _canonical[i] = _canonical[i] == younger ? older : _canonical[i];
                }

                at = older;
            }
        }

        private double Fit(int a, int b)
        {
            double[] between = [.. _pairs.Where(pair => (_canonical[pair.A], _canonical[pair.B]) is var (x, y) && ((x == a && y == b) || (x == b && y == a))).Select(pair => pair.Probability)];
            long possible = (long)Math.Min(_canonical.Count(each => each == a), DuplicateClusters.MostHeld) * Math.Min(_canonical.Count(each => each == b), DuplicateClusters.MostHeld);
            return between.Length == 0 ? -1 : between.Sum() / Math.Max(between.Length, possible);
        }
    }
}
