using System.Globalization;
using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;

namespace AuditIntel.Topologies.Findings.Similar;

/// <summary>
/// Holds a text against the newest of other contests that share a band of its signature, and tells those that resemble it. A pair that meets in several
/// bands is told in the first of them only.
/// </summary>
internal sealed class SimilarFindings : IProcessor<string, SimilarityNotice, string, FindingDuplicate>
{
    /// <summary>How a finding of another contest with much the same text is told.</summary>
    public const string Method = "near-cross";

    private const double LeastResemblance = 0.5;
    private const int MostTold = 5;

    private IProcessorContext<string, FindingDuplicate> _context = null!;
    private IKeyValueStore<string, byte[]> _bands = null!;

    public void Init(IProcessorContext<string, FindingDuplicate> context)
    {
        _context = context;
        _bands = context.GetStateStore<string, byte[]>(FindingsStores.SimilarBands);
    }

    public void Process(in Record<string, SimilarityNotice> record)
    {
        SimilarityNotice notice = record.Value!;
        int band = int.Parse(record.Key.AsSpan(0, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        List<SimilarText> texts = _bands.TryGet(record.Key!, out byte[]? bucket) ? SimilarBucket.Read(bucket) : [];
        texts.RemoveAll(text => text.Id == notice.Subject.Id);
        foreach ((SimilarText text, double resemblance) in Alike(notice, band, texts))
        {
            FindingDuplicate told = Tell(notice, text, resemblance);
            _context.Forward(record.WithKey(ContestKey.Of(told.Platform, told.Contest)).WithValue(told));
        }

        if (!notice.IsGone)
        {
            texts.Add(SimilarBucket.Of(notice));
        }

        if (texts.Count > 0)
        {
            _bands.Put(record.Key!, SimilarBucket.Write(texts));
        }
        else
        {
            _bands.Delete(record.Key!);
        }
    }

    private static IEnumerable<(SimilarText Text, double Resemblance)> Alike(SimilarityNotice notice, int band, List<SimilarText> texts) => texts
        .Where(text => (text.Platform != notice.Subject.Platform || text.Contest != notice.Subject.Contest) && notice.Signature.FirstShared(text.Signature) == band)
        .Select(text => (text, notice.Signature.Resemblance(text.Signature)))
        .Where(pair => pair.Item2 >= LeastResemblance)
        .OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.text.Id, StringComparer.Ordinal)
        .Take(MostTold);

    private static FindingDuplicate Tell(SimilarityNotice notice, SimilarText text, double resemblance) => notice.Subject with
    {
        CanonicalId = text.Id,
        CanonicalPlatform = text.Platform,
        CanonicalContest = text.Contest,
        CrossPlatform = text.Platform != notice.Subject.Platform,
        Method = Method,
        Similarity = Math.Round(resemblance, 2),
        Reasons = [string.Create(CultureInfo.InvariantCulture, $"about {resemblance * 100:0} % of words, phrases and names are the same")],
        Withdrawn = notice.IsGone,
    };
}
