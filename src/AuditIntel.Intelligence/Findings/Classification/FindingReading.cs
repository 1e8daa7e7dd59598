using System.Text;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Reading;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>A finding read once for all classifiers: words by place, and signals that are numbers from the start.</summary>
internal sealed class FindingReading
{
    private const int MostSignalText = 20_000;

    private static readonly string[] RemarkWords = ["**[", "confirmed", "disputed", "acknowledged", "resolved", "(judge)", "(warden)", "disagree"];

    private readonly uint[] _ownPhrases;
    private readonly uint[] _commentPhrases;

    private FindingReading(
        uint[] title, uint[] own, uint[] comments, uint[] ownPhrases, uint[] commentPhrases, float[] signals, float[] commentSignals, float[] verdicts, float[] evidence)
    {
        (Title, Own, Comments, _ownPhrases, _commentPhrases) = (title, own, comments, ownPhrases, commentPhrases);
        (Signals, CommentSignals, Verdicts, Evidence) = (signals, commentSignals, verdicts, evidence);
    }

    /// <value>Words of the title.</value>
    public uint[] Title { get; }

    /// <value>Words of title, prose and code, as the author wrote them.</value>
    public uint[] Own { get; }

    /// <value>Words, and pairs of neighbours, of what sponsors and judges said.</value>
    public uint[] Comments { get; }

    /// <value>Cues in title and text, evidence of the taxonomy's rules, and the shape of the text.</value>
    public float[] Signals { get; }

    /// <value>Cues in the comments, and the severities that text and comments name: what only a published report may be judged by.</value>
    public float[] CommentSignals { get; }

    /// <value>The severities that author, commentators and judge give; again for published reports alone.</value>
    public float[] Verdicts { get; }

    /// <value>Logarithm of what in title and text speaks for classes of Web3Bugs: the rules' evidence for types, by their nearest class, and the cues of classes.</value>
    public float[] Evidence { get; }

    /// <summary>The words of a source, repetitions included.</summary>
    public uint[] WordsOf(WordSource source) => source switch
    {
        WordSource.Title => Title,
        WordSource.Own => Own,
        WordSource.Comments => Comments,
        WordSource.Phrases => WithPairs(_ownPhrases),
        WordSource.ReportPhrases => WithPairs([.. _ownPhrases, .. _commentPhrases]),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "A finding has no such words."),
    };

    public static FindingReading Of(FindingText finding, RuleClassifier rules, CueTable cues)
    {
        var titleTerms = new TermSink();
        var ownTerms = new TermSink();
        var commentTerms = new TermSink();
        var ownPhrases = new List<uint>();
        var commentPhrases = new List<uint>();
        TermReader.Read(finding.Title, isCode: false, titleTerms);
        PhraseReader.Read(finding.Title, ownPhrases);
        var own = new StringBuilder();
        var comments = new StringBuilder();
        (int blocks, int headings, int codeLength) = (0, 0, 0);
        foreach (MarkdownPiece piece in MarkdownPieces.Cut(finding.Body))
        {
            ReadOnlySpan<char> text = finding.Body.AsSpan(piece.Start, piece.Length);
            bool isComment = piece.Part == FindingPart.Comments;
            TermReader.Read(text, piece.IsCode, isComment ? commentTerms : ownTerms);
            PhraseReader.Read(text, isComment ? commentPhrases : ownPhrases);
            StringBuilder to = isComment ? comments : own;
            if (to.Length < MostSignalText)
            {
                to.Append(text);
            }

            blocks += piece.IsCode ? 1 : 0;
            headings += piece.IsHeading ? 1 : 0;
            codeLength += piece.IsCode ? piece.Length : 0;
        }

        string lower = own.ToString().ToLowerInvariant();
        string title = finding.Title.ToLowerInvariant();
        List<float> signals = [.. CueSignals(title, lower, cues)];
        double[] scores = rules.Scores(title, lower, Severity.Unknown);
        signals.AddRange(scores.Select(score => (float)Math.Log(1 + score)));

        signals.AddRange(
        [
            (float)Math.Log(1 + lower.Length), (float)Math.Log(1 + codeLength), Math.Min(blocks, 12), Math.Min(headings, 12), titleTerms.Words.Count,
            (float)Math.Log(1 + ownTerms.References.Count), (float)Math.Log(1 + comments.Length), Has(lower, "ubmitted by"), Has(lower, "also found by"),
            (float)Math.Log(1 + Finders(lower)), Has(lower, "proof of concept"), Has(lower, "impact"), Has(lower, "mitigation"),
        ]);
        string remarks = comments.ToString().ToLowerInvariant();
        List<float> said = [.. cues.Count(remarks).Select(count => MathF.Log(1 + count))];
        said.AddRange(SeverityMentions.Of(lower));
        said.AddRange(SeverityMentions.Of(remarks));
        foreach (string word in RemarkWords)
        {
            said.Add(Math.Min(12, CountOf(remarks, word)));
        }

        said.Add((float)remarks.Length / (1 + remarks.Length + lower.Length));
        return new FindingReading(
            [.. titleTerms.Words],
            [.. titleTerms.Words, .. ownTerms.Words],
            WithPairs([.. commentTerms.Words]),
            [.. ownPhrases],
            [.. commentPhrases],
            [.. signals],
            [.. said],
            SeverityVerdicts.Of(lower, remarks),
            EvidenceOf(scores, signals, cues));
    }

    private static uint[] WithPairs(uint[] words) => [.. words, .. words.Zip(words.Skip(1), TermHash.Of)];

    private static float[] EvidenceOf(double[] scores, List<float> signals, CueTable cues)
    {
        TaxonomyTable table = TaxonomyTable.Default;
        double[] sums = new double[table.BugClasses.Count];
        for (int type = 0; type < scores.Length; type++)
        {
            if (table.BugClassOf(type) is >= 0 and var place)
            {
                sums[place] += scores[type];
            }
        }

        // Signals begin with a pair of numbers for each cue: in the title, which says most, and in the text.
        IEnumerable<double> named = cues.OfClasses.Select(cue => (3.0 * signals[2 * cue]) + (2.0 * signals[(2 * cue) + 1]));
        return [.. sums.Concat(named).Select(sum => (float)Math.Log(1 + sum))];
    }

    private static IEnumerable<float> CueSignals(string title, string text, CueTable cues)
    {
        int[] inTitle = cues.Count(title);
        int[] inText = cues.Count(text);
        float length = 1 + (MathF.Log(1 + text.Length) / 5);
        for (int i = 0; i < inTitle.Length; i++)
        {
            yield return Math.Min(3, inTitle[i]);
            yield return MathF.Log(1 + inText[i]) / length;
        }
    }

    private static float Has(string text, string words) => text.Contains(words, StringComparison.Ordinal) ? 1 : 0;

    private static int CountOf(string text, string word)
    {
        int count = 0;
        for (int at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    private static int Finders(string text)
    {
        int at = text.IndexOf("also found by", StringComparison.Ordinal);
        if (at < 0)
        {
            return 0;
        }

        int end = text.IndexOf('\n', at);
        return text.AsSpan(at, (end < 0 ? text.Length : end) - at).Count(',') + 1;
    }
}
