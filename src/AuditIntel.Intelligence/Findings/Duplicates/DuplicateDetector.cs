using AuditIntel.Intelligence.Findings.Similarity;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>
/// Finds duplicates as findings arrive, one call a finding. Candidates, comparisons and postings read are bounded, so the cost of a call does not grow
/// with the history; memory does, by the sketch and the postings of each finding. Single owner, not for concurrent use.
/// </summary>
public sealed class DuplicateDetector
{
    /// <summary>Matches reported for a finding at most.</summary>
    public const int MostMatches = 5;

    private const double LeastAcross = 0.55;
    private const int MostReasons = 3;
    private const int MostNearest = 40;

    private readonly DuplicateModel _model;
    private readonly CandidateFinder _finder;
    private readonly FindingSketcher _sketcher;
    private readonly DuplicateClusters _clusters;
    private readonly double[] _probabilities = new double[CandidateFinder.MostCandidates];
    private readonly ScoredPair[] _pairs = new ScoredPair[CandidateFinder.MostCandidates];

    /// <param name="model">Scores pairs.</param>
    /// <param name="history">Terms before; counted on, unless frozen.</param>
    /// <param name="rules">Tells types.</param>
    /// <param name="acrossContests">Whether findings of other contests are told; false for a detector of one contest.</param>
    internal DuplicateDetector(DuplicateModel model, TermStatistics history, RuleClassifier rules, bool acrossContests = true)
    {
        _model = model;
        _finder = new CandidateFinder(history, acrossContests);
        _sketcher = new FindingSketcher(rules);
        _clusters = new DuplicateClusters(DuplicateModel.Clear);
    }

    /// <value>Findings taken in.</value>
    public int Count => _finder.Count;

    /// <value>Bytes of what grows with every finding; what is kept of the contests touched last comes to it.</value>
    public long HistoryBytes => _finder.Bytes + _clusters.Bytes;

    /// <summary>Takes in a finding and says what it duplicates. A finding that was taken in before is not counted again.</summary>
    public DuplicateVerdict Observe(FindingText finding) => Known(finding.Id) ?? TakeIn(_sketcher.Sketch(finding));

    /// <summary>The same for a finding that is sketched already.</summary>
    internal DuplicateVerdict Observe(FindingSketch sketch) => Known(sketch.Id) ?? TakeIn(sketch);

    private DuplicateVerdict? Known(string id) =>
        _finder.Sketches.NumberOf(id) is >= 0 and var number ? new DuplicateVerdict(IdOf(_clusters.CanonicalOf(number)), [], [], []) : null;

    private DuplicateVerdict TakeIn(FindingSketch sketch)
    {
        ReadOnlySpan<int> candidates = _finder.Next(sketch, out ReadOnlySpan<float> features);
        int number = _finder.Count - 1;
        Span<double> probabilities = _probabilities.AsSpan(0, candidates.Length);
        _model.Score(features, probabilities);
        for (int i = 0; i < candidates.Length; i++)
        {
            bool isOneDocument = sketch.Document != 0 && sketch.Document == _finder.Sketches.DocumentOf(candidates[i]);
            _pairs[i] = new ScoredPair(candidates[i], isOneDocument ? 0 : probabilities[i]);
        }

        var merged = new List<string>();
        int canonical = _clusters.Add(sketch.Contest, number, _pairs.AsSpan(0, candidates.Length), (gone, _) => merged.Add(IdOf(gone)));
        return new DuplicateVerdict(IdOf(canonical), Matches(canonical, sketch, candidates, features), Related(sketch), merged);
    }

    /// <summary>
    /// Puts together what was doubtful when it came and what all findings of a contest speak for now. To be called when a contest has paused; more may come
    /// afterwards. Scores each finding with its nearest, at most 96.
    /// </summary>
    /// <param name="platform">Platform of the contest.</param>
    /// <param name="contest">The contest; nothing happens when it is none of the last 64, and no more than its newest 2 048 findings are held against each other.</param>
    public IReadOnlyList<DuplicateMerge> Settle(string platform, string contest) => Settle(FindingSketcher.ContestOf(platform, contest));

    /// <summary>The same for the hash of a contest.</summary>
    internal IReadOnlyList<DuplicateMerge> Settle(uint contest)
    {
        if (_finder.Mature(contest) is not var (findings, pairs))
        {
            return [];
        }

        double[] probabilities = _model.Score(pairs);
        uint[] documents = [.. findings.Select(_finder.Sketches.DocumentOf)];
        for (int pair = 0; pair < probabilities.Length; pair++)
        {
            (int later, int earlier) = pairs.Places[pair];
            probabilities[pair] = documents[later] != 0 && documents[later] == documents[earlier] ? 0 : probabilities[pair];
        }

        return
        [
            .. _clusters.Settle(contest, findings, pairs.Places, probabilities, DuplicateModel.Settled)
                .Select(merge => new DuplicateMerge(IdOf(merge.Gone), IdOf(merge.Into), Math.Round(merge.Fit, 4))),
        ];
    }

    /// <summary>Findings taken in, of any contest, whose text is nearest, best first, at most <see cref="MostMatches"/>; the finding is not taken in.</summary>
    public IReadOnlyList<DuplicateMatch> Nearest(FindingText finding)
    {
        FindingSketch sketch = _sketcher.Sketch(finding);
        Span<int> found = stackalloc int[MostNearest];
        int count = _finder.Nearest(sketch, found);
        var nearest = new List<DuplicateMatch>();
        WeightedTerms words = _finder.Everywhere(sketch);
        foreach (int number in found[..count])
        {
            nearest.Add(new DuplicateMatch(IdOf(number), Math.Round(_finder.CosineAcross(words, number), 4), ["text"], _finder.Sketches.PlatformOf(number) != sketch.Platform));
        }

        nearest.Sort(static (a, b) => b.Similarity.CompareTo(a.Similarity));
        return nearest.Count > MostMatches ? nearest[..MostMatches] : nearest;
    }

    /// <summary>The canonical finding of one that was taken in, as of now.</summary>
    /// <exception cref="KeyNotFoundException">It was not taken in.</exception>
    public string CanonicalOf(string id) => _finder.Sketches.NumberOf(id) is >= 0 and var number
        ? IdOf(_clusters.CanonicalOf(number))
        : throw new KeyNotFoundException($"Finding '{id}' was not taken in.");

    private string IdOf(int number) => _finder.Sketches.IdOf(number);

    private List<DuplicateMatch> Matches(int canonical, FindingSketch sketch, ReadOnlySpan<int> candidates, ReadOnlySpan<float> features)
    {
        var matches = new List<DuplicateMatch>();
        int[] order = new int[candidates.Length];
        double[] doubt = new double[candidates.Length];
        for (int i = 0; i < order.Length; i++)
        {
            (order[i], doubt[i]) = (i, -_pairs[i].Probability);
        }

        Array.Sort(doubt, order);
        foreach (int i in order)
        {
            if (matches.Count < MostMatches && _clusters.CanonicalOf(candidates[i]) == canonical)
            {
                int other = candidates[i];
                ReadOnlySpan<float> row = features.Slice(i * PairFeatures.Width, PairFeatures.Width);
                matches.Add(new DuplicateMatch(IdOf(other), Math.Round(_pairs[i].Probability, 4), Reasons(row), _finder.Sketches.PlatformOf(other) != sketch.Platform));
            }
        }

        return matches;
    }

    private List<string> Reasons(ReadOnlySpan<float> row)
    {
        float[] contributions = new float[PairFeatures.Width];
        _model.Trees.Explain(row, contributions);
        int[] order = [.. Enumerable.Range(0, contributions.Length)];
        Array.Sort(contributions, order);
        var reasons = new List<string>();
        for (int i = order.Length - 1; i >= 0 && reasons.Count < MostReasons && contributions[i] > 0; i--)
        {
            reasons.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{PairFeatures.Names[order[i]]} {row[order[i]]:0.00}"));
        }

        return reasons;
    }

    private List<DuplicateMatch> Related(FindingSketch sketch)
    {
        Span<int> found = stackalloc int[MostMatches * 3];
        int count = _finder.Across(found);
        var related = new List<DuplicateMatch>();
        if (count == 0)
        {
            return related;
        }

        WeightedTerms words = _finder.Everywhere(sketch);
        foreach (int other in found[..count])
        {
            if (related.Count < MostMatches && _finder.Sketches.ContestOf(other) != sketch.Contest && _finder.CosineAcross(words, other) is >= LeastAcross and var cosine)
            {
                related.Add(new DuplicateMatch(IdOf(other), Math.Round(cosine, 4), ["text across contests"], _finder.Sketches.PlatformOf(other) != sketch.Platform));
            }
        }

        related.Sort(static (a, b) => b.Similarity.CompareTo(a.Similarity));
        return related;
    }
}
