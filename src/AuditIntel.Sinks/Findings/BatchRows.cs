using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Findings;

/// <summary>
/// The rows that a stretch of a batch leads to. Of several records of an id the one collected last stands, on a tie the one that came last, which is
/// what the upserts do between batches. A contest's tombstone has no time of collection: its place in the log decides.
/// </summary>
internal sealed class BatchRows
{
    private readonly LatestRows<string, Finding> _findings = new(f => f.Id, (old, late) => old.CollectedAt <= late.CollectedAt ? late : old);
    private readonly LatestRows<string, FindingDuplicate> _duplicates = new(d => d.Id, (old, late) => old.CollectedAt <= late.CollectedAt ? late : old);
    private readonly LatestRows<ContestRef, object> _contests = new(KeyOf, Later);

    public List<Finding> Findings => _findings.Rows;

    public List<FindingDuplicate> Duplicates => _duplicates.Rows;

    public IEnumerable<Contest> Contests => _contests.Rows.OfType<Contest>();

    public IEnumerable<ContestRef> GoneContests => _contests.Rows.OfType<ContestRef>();

    public void Take(SinkStretch records)
    {
        foreach (ref readonly var record in records.Records)
        {
            switch (record.Value)
            {
                case Finding finding:
                    _findings.Put(finding);
                    break;
                case FindingDuplicate duplicate:
                    _duplicates.Put(duplicate);
                    break;
                case Contest or ContestRef:
                    _contests.Put(record.Value);
                    break;
                case DeadLetter:
                    // The engine's own.
                    break;
                default:
                    throw new InvalidOperationException($"No rows are defined for a {record.Value.GetType().Name}.");
            }
        }
    }

    private static ContestRef KeyOf(object row) => row is Contest contest ? new ContestRef(contest.Platform, contest.Id) : (ContestRef)row;

    private static object Later(object old, object late) =>
        old is Contest before && late is Contest after && before.CollectedAt > after.CollectedAt ? old : late;
}
