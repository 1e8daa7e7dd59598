using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Intelligence.Findings.State;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Findings.Duplicates;
using AuditIntel.Topologies.Findings.Similar;
using AuditIntel.Topologies.Serving;

namespace AuditIntel.Topologies.Findings;

/// <summary>
/// Publishes verdicts and writes down what was published. Of two records of one finding the one with the later time of collection holds, so what has
/// changed gets a later one than was published before, even when it was collected at the same time or earlier; what has not changed keeps it.
/// </summary>
internal sealed class VerdictPublisher(IProcessorContext<string, FindingVerdict> context, ContestLog log, ISerde<Finding> findings)
{
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(1);
    private static readonly string[] EqualText = ["equal title and text but for blanks, line ends, letter case and invisible characters"];

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private Record<string, Finding> _record;
    private Finding _finding = null!;
    private DateTimeOffset _evidenceAt;
    private LiveContest? _live;
    private ServingModel<FindingsModel>? _serving;

    /// <summary>Names the finding that what follows is about.</summary>
    public void Turn(in Record<string, Finding> record, Finding finding, LiveContest? live, ServingModel<FindingsModel>? serving) =>
        (_record, _finding, _evidenceAt, _live, _serving) = (record, finding, finding.CollectedAt, live, serving);

    /// <summary>Names the contest whose pause what follows is about; there is no finding, so nothing but corrections can be published.</summary>
    public void TurnToPause(string contest, long nowMs, LiveContest live, ServingModel<FindingsModel> serving) =>
        (_record, _finding, _evidenceAt, _live, _serving) = (new Record<string, Finding>(contest, null, nowMs, []), null!, default, live, serving);

    public void Unique(KnownFinding? known, long entry, long order)
    {
        Finding enriched = _serving is null ? _finding : FindingEnricher.Enrich(_finding, _serving);
        ulong fingerprint = Fingerprint(enriched);
        bool isSame = known is { IsUnique: true } && known.Fingerprint == fingerprint;
        DateTimeOffset at = At(known, isSame);
        Forward(FindingVerdict.Of(enriched with { CollectedAt = at }));
        Know(known, new KnownFinding(entry, order, fingerprint, Subject() with { CollectedAt = at }));
    }

    public void Exact(KnownFinding? known, long entry, long order, string canonical) =>
        Duplicate(known, entry, order, Subject() with { CanonicalId = canonical, Method = "exact", Similarity = 1, Reasons = EqualText });

    public void Near(KnownFinding? known, long entry, long order, string canonical, double similarity, IReadOnlyList<string> reasons) => Duplicate(
        known, entry, order, Subject() with { CanonicalId = canonical, Method = "near", Similarity = similarity, Reasons = reasons, ModelVersion = _serving?.Version });

    /// <summary>A finding that stood among the findings becomes another's duplicate, and with it those that were its.</summary>
    public void Demote(KnownFinding known, string canonical, double? similarity, string reason)
    {
        Correct(known, canonical, similarity ?? _live!.SimilarityOf(known.Entry), reason);
        Redirect(known.Published.Id, canonical, similarity ?? _live!.SimilarityOf(known.Entry), reason);
    }

    public void Notice(SimilaritySignature signature, bool isGone) =>
        Forward(FindingVerdict.Of(new SimilarityNotice(Subject() with { ModelVersion = _serving?.Version }, signature, isGone)));

    private void Duplicate(KnownFinding? known, long entry, long order, FindingDuplicate duplicate)
    {
        bool isSame = known is { IsUnique: false } && known.Published with { CollectedAt = duplicate.CollectedAt } == duplicate;
        FindingDuplicate published = duplicate with { CollectedAt = At(known, isSame) };
        Forward(FindingVerdict.Of(published));
        Know(known, new KnownFinding(entry, order, 0, published));
        if (known is { IsUnique: true } && _live is not null)
        {
            Redirect(published.Id, published.CanonicalId, published.Similarity, $"{published.NativeId}, which it repeats, repeats another");
        }
    }

    private void Redirect(string from, string canonical, double similarity, string reason)
    {
        foreach (string follower in _live!.FollowersOf(from))
        {
            Correct(log.Known(follower)!, canonical, similarity, reason);
        }
    }

    private void Correct(KnownFinding known, string canonical, double similarity, string reason)
    {
        FindingDuplicate corrected = known.Published with
        {
            CanonicalId = canonical,
            Method = "near",
            Similarity = similarity,
            Reasons = [reason],
            ModelVersion = _serving?.Version,
            CollectedAt = At(known, isSame: false),
        };
        Forward(FindingVerdict.Of(corrected));
        Know(known, known with { Fingerprint = 0, Published = corrected });
    }

    private void Know(KnownFinding? before, KnownFinding now)
    {
        log.Know(now);
        _live?.NotePublished(before, now);
    }

    private DateTimeOffset At(KnownFinding? known, bool isSame)
    {
        if (known is null)
        {
            return _evidenceAt;
        }

        DateTimeOffset least = isSame ? known.Published.CollectedAt : known.Published.CollectedAt + Later;
        return _evidenceAt > least ? _evidenceAt : least;
    }

    private void Forward(FindingVerdict verdict) => context.Forward(_record.WithValue(verdict));

    private ulong Fingerprint(Finding finding)
    {
        _bytes.ResetWrittenCount();
        findings.Serialize(Topics.Findings.Name, finding with { CollectedAt = DateTimeOffset.UnixEpoch }, _bytes);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.WrittenSpan, digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    /// <summary>The finding as a duplicate of nobody but itself.</summary>
    private FindingDuplicate Subject() => new()
    {
        Id = _finding.Id,
        CanonicalId = _finding.Id,
        ContentHash = _finding.ContentHash,
        Platform = _finding.Platform,
        Contest = _finding.Contest,
        NativeId = _finding.NativeId,
        Url = _finding.Url,
        Authors = _finding.Authors,
        SeverityLabel = _finding.SeverityLabel,
        Title = _finding.Title,
        Method = "",
        Similarity = 1,
        SourcePath = _finding.SourcePath,
        PublishedAt = _finding.PublishedAt,
        CollectedAt = _finding.CollectedAt,
    };
}
