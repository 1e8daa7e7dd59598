using System.Text;
using AuditIntel.Intelligence.Findings.Code;
using AuditIntel.Intelligence.Findings.Reading;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.Extraction;

/// <summary>Reads facts out of findings, in time that grows with the length of the text only. Safe for concurrent use.</summary>
public sealed class FactReader
{
    private const int MostPreconditions = 5;
    private const int LongestSentence = 300;
    private const int LongestRecommendation = 1_000;

    private static readonly (string Vector, string[] Terms)[] Vectors =
    [
        ("flash loan", ["flash loan*", "flashloan*", "flash-loan*"]),
        ("front-running", ["front-run*", "frontrun*", "front run*", "mempool", "mev"]),
        ("sandwich", ["sandwich*"]),
        ("re-entrant call", ["reentran*", "re-entran*", "reenter*", "re-enter*", "onerc721received", "tokensreceived"]),
        ("price manipulation", ["manipulate the price", "price manipulation", "manipulat*", "spot price"]),
        ("donation", ["donat*", "first depositor", "inflation attack", "inflate*"]),
        ("signature replay", ["replay*"]),
        ("malicious token or contract", ["malicious token*", "malicious contract*", "fake token*", "arbitrary contract*", "attacker contract*"]),
        ("privileged role", ["malicious owner", "malicious admin", "compromised*", "rug*", "privileged*", "malicious governance"]),
        ("anyone calls", ["anyone can", "any user can", "anybody can", "permissionless*", "unauthori*"]),
        ("griefing", ["grief*", "dust"]),
        ("denial of service", ["denial of service", "dos", "out of gas", "brick*", "block gas limit"]),
        ("governance vote", ["vote", "proposal*", "quorum"]),
        ("initialization race", ["initialize*", "re-initiali*"]),
        ("chain reorganisation", ["reorg*", "re-org*"]),
        ("user mistake", ["by mistake", "accident*", "mistakenly", "user error"]),
    ];

    private static readonly string[] Conditions =
        ["if ", "when ", "provided that", "assuming", "assume that", "as long as", "in case ", "only if", "requires that", "once ", "suppose "];

    private readonly TermMatcher _matcher;
    private readonly int[] _vectorOf;

    public FactReader()
    {
        _matcher = new TermMatcher([.. Vectors.SelectMany(vector => vector.Terms)]);
        _vectorOf = [.. Vectors.SelectMany((vector, i) => vector.Terms.Select(_ => i))];
    }

    public FindingFacts Read(FindingText finding)
    {
        var prose = new StringBuilder().AppendLine(finding.Title);
        var recommendation = new StringBuilder();
        var code = new StringBuilder();
        foreach (MarkdownPiece piece in MarkdownPieces.Cut(finding.Body))
        {
            ReadOnlySpan<char> text = finding.Body.AsSpan(piece.Start, piece.Length);
            if (piece.IsCode)
            {
                _ = piece.Part == FindingPart.Recommendation ? null : code.Append(text).Append('\n');
            }
            else if (!piece.IsHeading && piece.Part is not (FindingPart.Comments or FindingPart.Formality))
            {
                (piece.Part == FindingPart.Recommendation ? recommendation : prose).Append(text);
            }
        }

        string said = prose.ToString();
        string advice = recommendation.ToString().Trim();
        return new FindingFacts(
            AttackVectors(said),
            Preconditions(said),
            AmountReader.Read(said),
            advice.Length > LongestRecommendation ? advice[..LongestRecommendation] : advice,
            SolidityPatterns.Find(code.ToString()));
    }

    private string[] AttackVectors(string text)
    {
        int[] counts = new int[Vectors.Length];
        _matcher.Find(text.ToLowerInvariant(), term => counts[_vectorOf[term]]++);
        return [.. Enumerable.Range(0, counts.Length).Where(i => counts[i] > 0).OrderByDescending(i => counts[i]).ThenBy(i => i).Select(i => Vectors[i].Vector)];
    }

    private static List<string> Preconditions(string text)
    {
        var found = new List<string>();
        for (int at = 0; at < text.Length && found.Count < MostPreconditions;)
        {
            int end = SentenceEnd(text, at);
            ReadOnlySpan<char> sentence = text.AsSpan(at, end - at).Trim(" \t\r\n-*>1234567890.");
            foreach (string condition in Conditions)
            {
                if (sentence.Length > condition.Length && sentence.StartsWith(condition, StringComparison.OrdinalIgnoreCase))
                {
                    found.Add(sentence.Length > LongestSentence ? $"{sentence[..LongestSentence]}..." : sentence.ToString());
                    break;
                }
            }

            at = end + 1;
        }

        return found;
    }

    private static int SentenceEnd(string text, int from)
    {
        for (int at = from; at < text.Length; at++)
        {
            if (text[at] == '\n' || (text[at] is '.' or '!' or '?' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]))))
            {
                return at;
            }
        }

        return text.Length;
    }
}
