using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Duplicates;
using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Intelligence.Findings.State;
using AuditIntel.Kafka;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;
using AuditIntel.Topologies.Findings.Duplicates;
using AuditIntel.Topologies.Serving;

namespace AuditIntel.Topologies.Findings;

/// <summary>
/// Says of each finding whether it is new or repeats one of its contest, by equal text and, with a model, by likeness; publishes corrections when a new
/// finding shows that two are the same issue. Everything it keeps in memory follows from its stores.
/// </summary>
internal sealed class FindingJudge(ISerde<Finding> findings) : IProcessor<string, Finding, string, FindingVerdict>
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Looks after which a contest without a finding has paused: what was doubtful is judged by all that has come, as at a finding that ends its contest.
    /// Looks are counted, not seconds: a thread that stood still must not take its own standing still for a pause of all contests.
    /// </summary>
    private const int PauseLooks = 10;

    /// <summary>Share of a contest that must have come since it was settled, so that its pauses together cost no more than a few.</summary>
    private const double LeastGrowth = 0.125;

    /// <summary>Entries of contests that are settled at one look, so that no transaction grows long; one contest in any case.</summary>
    private const int MostSettled = 1_024;

    private readonly FindingMemoReader _reader = new();
    private readonly SortedDictionary<string, long> _unsettled = new(StringComparer.Ordinal);
    private long _looks;
    private VerdictPublisher _publisher = null!;
    private IReadOnlyKeyValueStore<string, ServingModel<FindingsModel>> _models = null!;
    private ExactTexts _texts = null!;
    private ContestLog _log = null!;
    private LiveContests _contests = null!;

    public void Init(IProcessorContext<string, FindingVerdict> context)
    {
        _models = context.GetGlobalStore<string, ServingModel<FindingsModel>>(FindingsStores.Models);
        _texts = new ExactTexts(context);
        _log = new ContestLog(context);
        _contests = new LiveContests(_log);
        _publisher = new VerdictPublisher(context, _log, findings);
        context.Schedule(Look, PunctuationType.WallClockTime, SettlePaused);
    }

    public void Process(in Record<string, Finding> record)
    {
        Finding finding = record.Value!;
        bool endsContest = EndsContest(record.Headers);
        string contest = ContestKey.Of(finding.Platform, finding.Contest);
        string holder = _texts.HolderOf(finding);
        ServingModel<FindingsModel>? serving = Serving();
        LiveContest? live = serving is null ? null : _contests.Of(contest, serving);
        _publisher.Turn(endsContest ? Unmarked(in record) : record, finding, live, serving);
        if (serving is not null)
        {
            _unsettled[contest] = _looks;
            TakeUp(contest, live!, serving);
        }

        // The holder of a text may itself be published as another's duplicate, and that other may be this finding.
        KnownFinding? holding = holder == finding.Id ? null : _log.Known(holder);
        string canonical = holding?.Published.CanonicalId ?? holder;
        if (canonical == finding.Id)
        {
            JudgeText(finding, contest, live, serving);
        }
        else
        {
            JudgeCopy(finding, contest, live, holder, canonical, holding);
        }

        if (_log.Sweep(contest))
        {
            _contests.Forget(contest);
        }

        if (endsContest && serving is not null)
        {
            SettleContest(contest, record.TimestampMs, serving);
        }
    }

    private static bool EndsContest(IReadOnlyList<RecordHeader> headers)
    {
        for (int i = 0; i < headers.Count; i++)
        {
            if (headers[i].Name == FindingHeaders.EndsContest)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the collector says of its own reading is not told of what was made of the finding.</summary>
    private static Record<string, Finding> Unmarked(in Record<string, Finding> record) =>
        new(record.Key, record.Value, record.TimestampMs, [.. record.Headers.Where(header => header.Name != FindingHeaders.EndsContest)]);

    private void JudgeText(Finding finding, string contest, LiveContest? live, ServingModel<FindingsModel>? serving)
    {
        KnownFinding? known = _log.Known(finding.Id);
        LogEntry? entry = known is null ? null : _log.Entry(contest, known.Entry);
        bool isSame = entry?.Memo is not null && known!.Published.ContentHash == finding.ContentHash;
        DuplicateVerdict? verdict = null;
        if (!isSame)
        {
            Withdraw(finding, entry);
            FindingMemo memo = _reader.Read(FindingEnricher.TextOf(finding, LogEntry.IdOf(_log.Head(contest).Next)));
            entry = _log.Append(contest, finding.Id, memo, replaces: known is not null);
            verdict = live?.TakeIn(entry);
        }

        long order = known?.Order ?? entry!.Number;
        IssueGroup? group = live?.GroupOf(entry!.Number);
        string canonical = group is null ? finding.Id : live!.CanonicalFor(group, finding.Id, known, order);
        DuplicateMatch? match = verdict?.Duplicates.FirstOrDefault(each => live!.FindingOf(each.Id) != finding.Id);
        if (canonical == finding.Id)
        {
            _publisher.Unique(known, entry!.Number, order);
            if (!isSame && serving is not null && SimilaritySignature.Of(entry.Memo!) is { } signature)
            {
                _publisher.Notice(signature, isGone: false);
            }
        }
        else
        {
            bool stays = match is null && known is { IsUnique: false };
            _publisher.Near(
                known,
                entry!.Number,
                order,
                canonical,
                stays ? known!.Published.Similarity : match?.Similarity ?? live!.SimilarityOf(entry.Number),
                stays ? known!.Published.Reasons : match is null ? [] : [.. match.Reasons]);
        }

        if (verdict is not null)
        {
            Settle(group!, match?.Similarity, $"finding {finding.NativeId} binds what was told apart before");
        }
    }

    private void JudgeCopy(Finding finding, string contest, LiveContest? live, string holder, string canonical, KnownFinding? holding)
    {
        KnownFinding? known = _log.Known(finding.Id);
        LogEntry? entry = known is null ? null : _log.Entry(contest, known.Entry);
        if (entry is null || entry.Memo is not null || known!.Published.ContentHash != finding.ContentHash)
        {
            Withdraw(finding, entry);
            entry = _log.Append(contest, finding.Id, null, replaces: known is not null);
            live?.TakeInCopy();
        }

        long order = known?.Order ?? entry.Number;
        if (canonical == holder)
        {
            _publisher.Exact(known, entry.Number, order, canonical);
        }
        else
        {
            _publisher.Near(
                known, entry.Number, order, canonical, holding!.Published.Similarity, [$"equal text to {holding.Published.NativeId}", .. holding.Published.Reasons]);
        }
    }

    private ServingModel<FindingsModel>? Serving() =>
        _models.TryGet(FindingsModelRecord.ModelId, out ServingModel<FindingsModel>? model) && model.Model is not null ? model : null;

    /// <summary>A model that has not judged the contest yet may see other groups in it than the one before.</summary>
    private void TakeUp(string contest, LiveContest live, ServingModel<FindingsModel> serving)
    {
        if (_log.Head(contest).Model == serving.Sha256)
        {
            return;
        }

        foreach (IssueGroup group in live.Groups)
        {
            Settle(group, null, "another model has judged the contest again");
        }

        _log.SetModel(contest, serving.Sha256);
    }

    /// <summary>Pauses are written into the log: what follows from them is the same after a restart.</summary>
    private void SettlePaused(long nowMs)
    {
        if (_looks++ == 0)
        {
            foreach (string contest in _log.Unsettled())
            {
                _unsettled.TryAdd(contest, _looks);
            }
        }

        if (Serving() is not { } serving)
        {
            return;
        }

        int settled = 0;
        foreach (string contest in _unsettled.Where(pair => _looks - pair.Value > PauseLooks).Select(pair => pair.Key).ToArray())
        {
            LogHead head = _log.Head(contest);
            if (settled > 0 && settled + head.Entries > MostSettled)
            {
                break;
            }

            settled += SettleContest(contest, nowMs, serving) ? head.Entries : 0;
        }
    }

    /// <summary>Settles a contest that has paused or ended, if enough has come since it was settled.</summary>
    private bool SettleContest(string contest, long nowMs, ServingModel<FindingsModel> serving)
    {
        _unsettled.Remove(contest);
        LogHead head = _log.Head(contest);
        if (head.Entries < 2 || head.Next - head.Settled < Math.Max(1, head.Entries * LeastGrowth))
        {
            return false;
        }

        LiveContest live = _contests.Of(contest, serving);
        _publisher.TurnToPause(contest, nowMs, live, serving);
        TakeUp(contest, live, serving);
        _log.AppendPause(contest);
        foreach (DuplicateMerge merge in live.TakeInPause())
        {
            Settle(live.Join(merge), merge.Similarity, "all findings of the contest together speak for one issue");
        }

        return true;
    }

    /// <summary>Of a group only one stays among the findings: the first.</summary>
    private void Settle(IssueGroup group, double? similarity, string reason)
    {
        while (group.Uniques.Count > 1)
        {
            (long Order, string Id) last = group.Uniques.Max;
            group.Uniques.Remove(last);
            _publisher.Demote(_log.Known(last.Id)!, group.Uniques.Min.Id, similarity, reason);
        }
    }

    private void Withdraw(Finding finding, LogEntry? entry)
    {
        if (entry?.Memo is { } memo && SimilaritySignature.Of(memo) is { } signature)
        {
            _publisher.Notice(signature, isGone: true);
        }
    }
}
