using System.Runtime.InteropServices;
using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>
/// The history of findings as far as pairs are concerned: gives each new finding's candidates with their features, then takes it in. Single owner, not
/// for concurrent use.
/// </summary>
/// <param name="history">Terms before; counted on, unless frozen.</param>
/// <param name="acrossContests">Whether <see cref="Across"/> and <see cref="Nearest"/> are asked; without, nothing is kept for them.</param>
internal sealed class CandidateFinder(TermStatistics history, bool acrossContests = true)
{
    /// <summary>Pairs that are compared for a finding at most.</summary>
    public const int MostCandidates = 64;

    /// <summary>Contests whose own statistics are kept; the one longest untouched goes first and starts again from those of the history.</summary>
    private const int MostContests = 64;

    /// <summary>Findings of all contests together whose weights are kept: about 150 MB.</summary>
    private const int MostWeighted = 32_768;

    private readonly CandidateIndex _index = new(acrossContests);
    private readonly SketchArchive _sketches = new();
    private readonly List<float> _bestOf = [];
    private readonly RecentContests<ContestMemory> _contests = new(MostContests, MostWeighted, () => new ContestMemory(history), static contest => contest.Weighted);
    private readonly ContestStatistics _everywhere = new(history);
    private readonly int[] _candidates = new int[MostCandidates];
    private readonly float[] _features = new float[MostCandidates * PairFeatures.Width];
    private readonly HashSet<uint> _distinct = [];

    public int Count => _sketches.Count;

    /// <value>Findings that were taken in.</value>
    public SketchArchive Sketches => _sketches;

    /// <value>What grows with every finding.</value>
    public long Bytes => _index.Bytes + _sketches.Bytes + (_bestOf.Capacity * (long)sizeof(float));

    /// <summary>Candidates of the same contest; the spans hold until the next call.</summary>
    /// <param name="sketch">The new finding; it becomes number <see cref="Count"/> - 1.</param>
    /// <param name="features">A vector for each candidate, one behind the other.</param>
    public ReadOnlySpan<int> Next(FindingSketch sketch, out ReadOnlySpan<float> features)
    {
        ContestMemory contest = _contests.Of(sketch.Contest);
        CountTerms(sketch, contest);
        int number = _sketches.Count;
        WeightedSketch weighted = contest.Add(number, sketch);
        _index.Turn(weighted);
        int count = _index.Within(_candidates);
        int width = PairFeatures.Width;
        float best = 0;
        Span<float> bestOf = CollectionsMarshal.AsSpan(_bestOf);
        for (int i = 0; i < count; i++)
        {
            int other = _candidates[i];
            Span<float> row = _features.AsSpan(i * width, width);
            PairFeatures.Compare(weighted, contest.Weigh(other, _sketches), row);
            best = Math.Max(best, row[1]);
            bestOf[other] = Math.Max(bestOf[other], row[1]);
        }

        for (int i = 0; i < count; i++)
        {
            PairFeatures.Relate(_features.AsSpan(i * width, width), i, best, bestOf[_candidates[i]], contest.Statistics.Findings);
        }

        _index.Add(number);
        _sketches.Add(sketch);
        _bestOf.Add(best);
        features = _features.AsSpan(0, count * width);
        return _candidates.AsSpan(0, count);
    }

    /// <summary>The newest findings of a contest and all pairs of them that are worth a look, weighed by all that is known of the contest now.</summary>
    /// <returns>Null for a contest that is none of those touched last.</returns>
    public (int[] Findings, MaturePairs Pairs)? Mature(uint contest) =>
        _contests.TryGet(contest, out ContestMemory? memory) ? (memory.Newest, memory.Mature(_sketches)) : null;

    /// <summary>Findings of any contest that share the rarest terms with the one that <see cref="Next"/> took in last, best first, itself not among them.</summary>
    public int Across(Span<int> found)
    {
        Span<int> all = stackalloc int[found.Length + 1];
        int count = _index.Across(all);
        int kept = 0;
        for (int i = 0; i < count && kept < found.Length; i++)
        {
            if (all[i] != _sketches.Count - 1)
            {
                found[kept++] = all[i];
            }
        }

        return kept;
    }

    /// <summary>Findings of any contest that share the rarest terms with one that is not taken in, best first.</summary>
    public int Nearest(FindingSketch sketch, Span<int> found)
    {
        _index.Turn(new WeightedSketch(sketch, _everywhere));
        return _index.Across(found);
    }

    /// <summary>A finding's words, weighed by the statistics of the whole history.</summary>
    public WeightedTerms Everywhere(FindingSketch sketch) => new(sketch.Words, _everywhere);

    /// <summary>Cosine of words with those of a finding that was taken in, by the statistics of the whole history.</summary>
    public double CosineAcross(WeightedTerms words, int finding) => words.Cosine(new WeightedTerms(_sketches.WordsOf(finding), _everywhere));

    private void CountTerms(FindingSketch sketch, ContestMemory contest)
    {
        uint[] distinct = DuplicateHistory.DistinctTerms(sketch, _distinct);
        contest.Statistics.Add(distinct);
        history.Add(distinct);
    }
}
