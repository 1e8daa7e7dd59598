using AuditIntel.Intelligence.Findings.Reading;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>Makes sketches. Keeps buffers: one for each thread.</summary>
internal sealed class FindingSketcher(RuleClassifier rules)
{
    private const int MostWords = 160;
    private const int MostHead = 40;
    private const int MostOfPart = 48;
    private const int MostNames = 32;
    private const int MostCoded = 48;
    private const int MostPhrases = 64;
    private const int MostReferences = 12;
    private const int MostTypes = 3;
    private const int CharactersForTypes = 6_000;

    private readonly TermSink _title = new();
    private readonly TermSink _prose = new();
    private readonly TermSink _impact = new();
    private readonly TermSink _fix = new();
    private readonly TermSink _code = new();

    /// <summary>Hash of platform and contest.</summary>
    public static uint ContestOf(string platform, string contest) => TermHash.Of(TermHash.OfFolded(platform), TermHash.OfFolded(contest));

    public FindingSketch Sketch(FindingText finding)
    {
        foreach (TermSink sink in (ReadOnlySpan<TermSink>)[_title, _prose, _impact, _fix, _code])
        {
            sink.Clear();
        }

        TermReader.Read(finding.Title, isCode: false, _title);
        foreach (MarkdownPiece piece in MarkdownPieces.Cut(finding.Body))
        {
            if (piece.IsHeading || piece.Part is FindingPart.Formality or FindingPart.Comments)
            {
                continue;
            }

            ReadOnlySpan<char> text = finding.Body.AsSpan(piece.Start, piece.Length);
            TermSink sink = piece.IsCode ? _code : piece.Part switch
            {
                FindingPart.Impact => _impact,
                FindingPart.Recommendation => _fix,
                _ => _prose,
            };
            TermReader.Read(text, piece.IsCode, sink);
        }

        List<uint> words = [.. _title.Words, .. _prose.Words, .. _impact.Words, .. _fix.Words];
        List<uint> head = words[..Math.Min(words.Count, _title.Words.Count + MostHead)];
        return new FindingSketch
        {
            Id = finding.Id,
            Contest = ContestOf(finding.Platform, finding.Contest),
            Platform = TermHash.OfFolded(finding.Platform),
            Author = finding.Author.Length == 0 ? 0 : TermHash.OfFolded(finding.Author),
            Document = finding.Document.Length == 0 ? 0 : TermHash.OfFolded(finding.Document),
            Severity = finding.Severity,
            Length = finding.Body.Length,
            Title = TermCounts.Of(_title.Words, MostHead),
            Words = TermCounts.Of(words, MostWords),
            Head = TermCounts.Of(head, MostHead),
            Impact = TermCounts.Of(_impact.Words, MostOfPart),
            Recommendation = TermCounts.Of(_fix.Words, MostOfPart),
            Named = TermCounts.Of([.. _title.Identifiers, .. _prose.Identifiers, .. _impact.Identifiers, .. _fix.Identifiers], MostNames),
            Coded = TermCounts.Of(_code.Identifiers, MostCoded),
            Phrases = TermCounts.Of(Neighbours(words), MostPhrases),
            References = [.. _title.References.Concat(_prose.References).Concat(_impact.References).Concat(_fix.References).Concat(_code.References).Distinct().Take(MostReferences)],
            Types = TypesOf(finding),
        };
    }

    private byte[] TypesOf(FindingText finding)
    {
        double[] scores = rules.Scores(finding.Title, finding.Body.Length > CharactersForTypes ? finding.Body[..CharactersForTypes] : finding.Body, finding.Severity);
        Span<byte> best = stackalloc byte[MostTypes];
        int count = 0;
        for (; count < MostTypes; count++)
        {
            int at = 0;
            for (int i = 1; i < scores.Length; i++)
            {
                at = scores[i] > scores[at] ? i : at;
            }

            if (scores[at] <= 0)
            {
                break;
            }

            best[count] = (byte)at;
            scores[at] = 0;
        }

        return best[..count].ToArray();
    }

    private static List<uint> Neighbours(List<uint> words)
    {
        var pairs = new List<uint>(MostPhrases);
        for (int i = 0; i + 1 < words.Count && pairs.Count < MostPhrases; i++)
        {
            pairs.Add(TermHash.Of(words[i], words[i + 1]));
        }

        return pairs;
    }
}
