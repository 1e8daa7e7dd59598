using AuditIntel.Intelligence.Findings.State;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Findings.Duplicates;

/// <summary>
/// The stores from which everything else about duplicates follows: what came of each contest in its order, and what is known of each finding. Whatever is
/// kept in memory beside them can be made again from them at any time, and is then the same.
/// </summary>
internal sealed class ContestLog(ITaskContext context)
{
    /// <summary>A log is swept when it holds so many outdated entries, and these are more than half of it: what a sweep costs is paid by the changes before it.</summary>
    private const int LeastSwept = 16;

    private readonly IKeyValueStore<string, KnownFinding> _known = context.GetStateStore<string, KnownFinding>(FindingsStores.Known);
    private readonly IKeyValueStore<string, LogEntry> _log = context.GetStateStore<string, LogEntry>(FindingsStores.Log);
    private readonly IKeyValueStore<string, LogHead> _heads = context.GetStateStore<string, LogHead>(FindingsStores.LogHeads);

    public KnownFinding? Known(string finding) => _known.TryGet(finding, out KnownFinding? known) ? known : null;

    public void Know(KnownFinding known) => _known.Put(known.Published.Id, known);

    public LogHead Head(string contest) => _heads.TryGet(contest, out LogHead? head) ? head : LogHead.Empty;

    public void SetModel(string contest, string sha256) => _heads.Put(contest, Head(contest) with { Model = sha256 });

    /// <summary>Whether an entry is of a text that its finding still has.</summary>
    public bool IsCurrent(LogEntry entry) => _known.TryGet(entry.Finding, out KnownFinding? known) && known.Entry == entry.Number;

    public LogEntry? Entry(string contest, long number) => _log.TryGet(KeyOf(contest, number), out LogEntry? entry) ? entry : null;

    /// <summary>Writes down that a finding came with a text.</summary>
    /// <param name="contest">Contest key.</param>
    /// <param name="finding">Its id.</param>
    /// <param name="memo">Null for a copy.</param>
    /// <param name="replaces">Whether it had another text before.</param>
    public LogEntry Append(string contest, string finding, FindingMemo? memo, bool replaces)
    {
        LogHead head = Head(contest);
        var entry = new LogEntry(head.Next, finding, memo);
        _log.Put(KeyOf(contest, head.Next), entry);
        _heads.Put(contest, head with { Next = head.Next + 1, Entries = head.Entries + 1, Outdated = head.Outdated + (replaces ? 1 : 0) });
        return entry;
    }

    /// <summary>Writes down that a contest has paused and is settled.</summary>
    public void AppendPause(string contest)
    {
        LogHead head = Head(contest);
        _log.Put(KeyOf(contest, head.Next), new LogEntry(head.Next, "", null));
        _heads.Put(contest, head with { Next = head.Next + 1, Entries = head.Entries + 1, Settled = head.Next + 1 });
    }

    /// <summary>Contests that a model has judged and that were not settled since their last finding.</summary>
    public IEnumerable<string> Unsettled() => _heads.All().Where(pair => pair.Value.Next > pair.Value.Settled && pair.Value.Model.Length > 0).Select(pair => pair.Key);

    /// <summary>All entries of a contest in their order.</summary>
    public IEnumerable<LogEntry> Entries(string contest)
    {
        int length = KeyOf(contest, 0).Length;
        foreach ((string key, LogEntry entry) in _log.Range(KeyOf(contest, 0), KeyOf(contest, uint.MaxValue)))
        {
            // A contest whose name goes on where this one's ends may lie between.
            if (key.Length == length)
            {
                yield return entry;
            }
        }
    }

    /// <summary>Drops outdated entries when they are most of a log.</summary>
    /// <returns>Whether there were any dropped: what was made from the log must be made again.</returns>
    public bool Sweep(string contest)
    {
        LogHead head = Head(contest);
        if (head.Outdated < LeastSwept || head.Outdated * 2 <= head.Entries)
        {
            return false;
        }

        int kept = 0;
        foreach (LogEntry entry in Entries(contest).ToArray())
        {
            if (entry.IsPause || IsCurrent(entry))
            {
                kept++;
            }
            else
            {
                _log.Delete(KeyOf(contest, entry.Number));
            }
        }

        _heads.Put(contest, head with { Entries = kept, Outdated = 0 });
        return true;
    }

    private static string KeyOf(string contest, long number) => $"{contest}#{LogEntry.IdOf(number)}";
}
