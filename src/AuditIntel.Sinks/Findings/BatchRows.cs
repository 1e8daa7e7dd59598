using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Findings;

/// <summary>
/// The rows that a stretch of a batch leads to: one an id, because an upsert may not meet a row twice. Of several records of an id the one
/// collected last stands, on a tie the one that came last, which is what the upserts do between batches.
/// </summary>
internal sealed class BatchRows
{
    private readonly Dictionary<(string Platform, string Contest), int> _contestIndex = [];
    private readonly Dictionary<string, int> _findingIndex = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _duplicateIndex = new(StringComparer.Ordinal);
    private readonly List<object> _contests = [];

    public List<Finding> Findings { get; } = [];

    public List<FindingDuplicate> Duplicates { get; } = [];

    public IEnumerable<Contest> Contests => _contests.OfType<Contest>();

    public IEnumerable<ContestRef> GoneContests => _contests.OfType<ContestRef>();

    public void Take(SinkStretch records)
    {
        foreach (ref readonly var record in records.Records)
        {
            switch (record.Value)
            {
                case Finding finding:
                    Put(finding);
                    break;
                case FindingDuplicate duplicate:
                    Put(duplicate);
                    break;
                case Contest contest:
                    Put(contest);
                    break;
                case ContestRef gone:
                    Put(gone);
                    break;
                case DeadLetter:
                    // The engine's own.
                    break;
                default:
                    throw new InvalidOperationException($"No rows are defined for a {record.Value.GetType().Name}.");
            }
        }
    }

    private void Put(Finding finding)
    {
        if (_findingIndex.TryAdd(finding.Id, Findings.Count))
        {
            Findings.Add(finding);
        }
        else if (Findings[_findingIndex[finding.Id]].CollectedAt <= finding.CollectedAt)
        {
            Findings[_findingIndex[finding.Id]] = finding;
        }
    }

    private void Put(FindingDuplicate duplicate)
    {
        if (_duplicateIndex.TryAdd(duplicate.Id, Duplicates.Count))
        {
            Duplicates.Add(duplicate);
        }
        else if (Duplicates[_duplicateIndex[duplicate.Id]].CollectedAt <= duplicate.CollectedAt)
        {
            Duplicates[_duplicateIndex[duplicate.Id]] = duplicate;
        }
    }

    private void Put(Contest contest)
    {
        if (_contestIndex.TryAdd((contest.Platform, contest.Id), _contests.Count))
        {
            _contests.Add(contest);
        }
        else
        {
            var index = _contestIndex[(contest.Platform, contest.Id)];
            if (_contests[index] is not Contest before || before.CollectedAt <= contest.CollectedAt)
            {
                _contests[index] = contest;
            }
        }
    }

    // A tombstone has no time of collection: its place in the log decides.
    private void Put(ContestRef gone)
    {
        if (_contestIndex.TryAdd((gone.Platform, gone.Contest), _contests.Count))
        {
            _contests.Add(gone);
        }
        else
        {
            _contests[_contestIndex[(gone.Platform, gone.Contest)]] = gone;
        }
    }
}
