using System.Runtime.InteropServices;
using AuditIntel.Intelligence.Findings.Reading;

namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>
/// Finds what may be a duplicate of a finding, without looking at the rest of the history. The most telling terms of a finding are its keys; the newest
/// findings of each key are collected and ranked by the weight that they share. Keys, postings read and candidates are bounded, so a lookup costs the
/// same whatever the history. Keys carry the contest, so that a contest's own words lead to its findings first; a few rare ones go across contests.
/// </summary>
internal sealed class CandidateIndex(bool acrossContests)
{
    private const int KeysWithin = 40;
    private const int KeysAcross = 12;
    private const int StepsWithin = 192;
    private const int StepsAcross = 32;

    private readonly PostingChains _chainsWithin = new(KeysWithin, StepsWithin);
    private readonly PostingChains _chainsAcross = new(KeysAcross, StepsAcross);
    private readonly Dictionary<int, float> _shared = [];
    private readonly List<(float Weight, uint Term)> _telling = [];
    private readonly List<(uint Key, float Weight)> _within = [];
    private readonly List<(uint Key, float Weight)> _across = [];
    private (float Score, int Finding)[] _ranked = [];

    public long Bytes => _chainsWithin.Bytes + _chainsAcross.Bytes;

    /// <summary>Takes a finding's keys for what follows: <see cref="Within"/>, <see cref="Across"/>, <see cref="Add"/>.</summary>
    public void Turn(WeightedSketch finding)
    {
        _telling.Clear();
        Collect(finding, TermView.Title, 1.5f);
        Collect(finding, TermView.Named, 1.2f);
        Collect(finding, TermView.Coded, 0.8f);
        Collect(finding, TermView.Words, 1);
        Collect(finding, TermView.Phrases, 0.9f);
        _telling.Sort(static (a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Term.CompareTo(b.Term));
        _within.Clear();
        _across.Clear();
        foreach ((float weight, uint term) in CollectionsMarshal.AsSpan(_telling))
        {
            uint key = TermHash.Of(finding.Sketch.Contest, term);
            if (_within.Count < KeysWithin && !Has(_within, key))
            {
                _within.Add((key, weight));
                if (acrossContests && _across.Count < KeysAcross)
                {
                    _across.Add((term, weight));
                }
            }
        }
    }

    /// <summary>Candidates of the same contest, best first.</summary>
    public int Within(Span<int> candidates) => Best(_chainsWithin, _within, candidates);

    /// <summary>Candidates of any contest, best first.</summary>
    public int Across(Span<int> candidates) => Best(_chainsAcross, _across, candidates);

    /// <summary>Keeps the keys under a finding's number.</summary>
    public void Add(int finding)
    {
        _chainsWithin.Add(finding, _within);
        if (acrossContests)
        {
            _chainsAcross.Add(finding, _across);
        }
    }

    private static bool Has(List<(uint Key, float Weight)> keys, uint key)
    {
        foreach ((uint other, _) in CollectionsMarshal.AsSpan(keys))
        {
            if (other == key)
            {
                return true;
            }
        }

        return false;
    }

    private void Collect(WeightedSketch finding, TermView view, float factor)
    {
        ReadOnlySpan<uint> terms = finding[view].Terms;
        ReadOnlySpan<float> weights = finding[view].Weights;
        for (int i = 0; i < terms.Length; i++)
        {
            _telling.Add((weights[i] * factor, terms[i]));
        }
    }

    private int Best(PostingChains chains, List<(uint Key, float Weight)> keys, Span<int> candidates)
    {
        Span<int> found = stackalloc int[StepsWithin];
        _shared.Clear();
        foreach ((uint key, float weight) in CollectionsMarshal.AsSpan(keys))
        {
            int count = chains.Newest(key, found);
            for (int i = 0; i < count; i++)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_shared, found[i], out _) += weight * weight;
            }
        }

        if (_ranked.Length < _shared.Count)
        {
            _ranked = new (float, int)[_shared.Count];
        }

        Span<(float Score, int Finding)> ranked = _ranked.AsSpan(0, _shared.Count);
        int at = 0;
        foreach ((int finding, float score) in _shared)
        {
            ranked[at++] = (score, finding);
        }

        ranked.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : b.Finding.CompareTo(a.Finding));
        int kept = Math.Min(at, candidates.Length);
        for (int i = 0; i < kept; i++)
        {
            candidates[i] = ranked[i].Finding;
        }

        return kept;
    }
}
