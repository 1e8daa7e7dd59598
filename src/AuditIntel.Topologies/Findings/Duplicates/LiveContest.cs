using AuditIntel.Intelligence.Findings.Duplicates;
using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Intelligence.Findings.State;

namespace AuditIntel.Topologies.Findings.Duplicates;

/// <summary>
/// A contest in memory: its detector, groups, and who is published as whose duplicate. Made from the contest's log by the same steps that kept it up to
/// date, so that it does not matter how often it is made again.
/// </summary>
internal sealed class LiveContest
{
    private readonly ContestLog _log;
    private readonly ContestDuplicates _detector;
    private readonly Dictionary<string, IssueGroup> _groupOf = [];
    private readonly Dictionary<string, string> _findingOf = [];
    private readonly Dictionary<string, double> _similarity = [];
    private readonly Dictionary<string, SortedSet<string>> _followers = [];

    public LiveContest(ContestLog log, string contest, FindingsModel model, string sha256)
    {
        (_log, Model) = (log, sha256);
        _detector = new ContestDuplicates(model);
        foreach (LogEntry entry in log.Entries(contest))
        {
            if (entry.IsPause)
            {
                foreach (DuplicateMerge merge in _detector.Settle())
                {
                    Join(merge);
                }
            }
            else if (entry.Memo is not null)
            {
                Observe(entry);
            }

            if (log.IsCurrent(entry))
            {
                NotePublished(null, log.Known(entry.Finding)!);
            }

            Entries++;
        }
    }

    /// <value>SHA-256 of the model.</value>
    public string Model { get; }

    /// <value>Entries of the log that it was made from or has taken in.</value>
    public int Entries { get; private set; }

    /// <value>Groups in the order of their first entries.</value>
    public IReadOnlyList<IssueGroup> Groups => [.. _groupOf.Values.Distinct().OrderBy(group => group.Entries[0].Number)];

    /// <summary>Takes in a new entry; its memo goes to the detector.</summary>
    public DuplicateVerdict TakeIn(LogEntry entry)
    {
        Entries++;
        return Observe(entry);
    }

    public void TakeInCopy() => Entries++;

    /// <summary>Finds out what was doubtful when it came and what all findings of the contest speak for now.</summary>
    /// <returns>What is to be put together, in this order; see <see cref="Join"/>.</returns>
    public IReadOnlyList<DuplicateMerge> TakeInPause()
    {
        Entries++;
        return _detector.Settle();
    }

    /// <summary>Puts two groups together.</summary>
    /// <returns>The group that has taken the other in.</returns>
    public IssueGroup Join(DuplicateMerge merge)
    {
        IssueGroup into = _groupOf[merge.CanonicalId];
        Move(_groupOf[merge.GoneId], into);
        return into;
    }

    public IssueGroup? GroupOf(long entry) => _groupOf.GetValueOrDefault(LogEntry.IdOf(entry));

    public string FindingOf(string entryId) => _findingOf[entryId];

    /// <summary>How like an entry was to the one before it that it resembled most.</summary>
    public double SimilarityOf(long entry) => _similarity.GetValueOrDefault(LogEntry.IdOf(entry));

    /// <summary>Findings published as duplicates of one, by id.</summary>
    public string[] FollowersOf(string finding) => _followers.TryGetValue(finding, out SortedSet<string>? followers) ? [.. followers] : [];

    /// <summary>Keeps groups and followers in step with what is published.</summary>
    /// <param name="before">What was known, null for nothing.</param>
    /// <param name="now">What is known now.</param>
    public void NotePublished(KnownFinding? before, KnownFinding now)
    {
        string id = now.Published.Id;
        if (before is not null)
        {
            GroupOf(before.Entry)?.Uniques.Remove((before.Order, id));
            if (!before.IsUnique && _followers.TryGetValue(before.Published.CanonicalId, out SortedSet<string>? old))
            {
                old.Remove(id);
            }
        }

        if (now.IsUnique)
        {
            GroupOf(now.Entry)?.Uniques.Add((now.Order, id));
        }
        else
        {
            if (!_followers.TryGetValue(now.Published.CanonicalId, out SortedSet<string>? followers))
            {
                followers = new SortedSet<string>(StringComparer.Ordinal);
                _followers.Add(now.Published.CanonicalId, followers);
            }

            followers.Add(id);
        }
    }

    /// <summary>The finding that is to stand for a finding's group; itself when it is to be published as a finding of its own.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="finding">Its id.</param>
    /// <param name="known">What is known of it, null for nothing.</param>
    /// <param name="order">Its order.</param>
    public string CanonicalFor(IssueGroup group, string finding, KnownFinding? known, long order)
    {
        if (group.Uniques.Count > 0)
        {
            // Its older text may have stood in another group: here it counts with its order, as far as it is among the findings.
            (long Order, string Id) least = group.Uniques.Min;
            return known is { IsUnique: true } && order < least.Order ? finding : least.Id;
        }

        // Nobody of the group is among the findings: those before follow one that has gone elsewhere since. The first of them speaks for all.
        (long Order, string Id) first = (order, finding);
        foreach (LogEntry entry in group.Entries)
        {
            if (entry.Finding != finding && _log.IsCurrent(entry) && _log.Known(entry.Finding) is { } other && other.Order < first.Order)
            {
                first = (other.Order, entry.Finding);
            }
        }

        return first.Id == finding ? finding : _log.Known(first.Id)!.Published.CanonicalId;
    }

    private DuplicateVerdict Observe(LogEntry entry)
    {
        string id = LogEntry.IdOf(entry.Number);
        _findingOf.Add(id, entry.Finding);
        DuplicateVerdict verdict = _detector.Observe(entry.Memo!);
        if (verdict.Duplicates.Count > 0)
        {
            _similarity.Add(id, verdict.Duplicates[0].Similarity);
        }

        if (!_groupOf.TryGetValue(verdict.CanonicalId, out IssueGroup? group))
        {
            group = new IssueGroup();
        }

        group.Entries.Add(entry);
        _groupOf[id] = group;
        foreach (string gone in verdict.Merged)
        {
            Move(_groupOf[gone], group);
        }

        return verdict;
    }

    private void Move(IssueGroup from, IssueGroup to)
    {
        foreach (LogEntry moved in from.Entries)
        {
            _groupOf[LogEntry.IdOf(moved.Number)] = to;
        }

        to.Entries.AddRange(from.Entries);
        to.Uniques.UnionWith(from.Uniques);
        from.Uniques.Clear();
    }
}
