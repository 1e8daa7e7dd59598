using AuditIntel.Intelligence.Findings.Reading;
using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>What two findings of a contest have in common, as numbers for the pair model.</summary>
internal static class PairFeatures
{
    /// <value>Names in the order of the vector; part of a model's identity.</value>
    public static readonly string[] Names =
    [
        "title", "words", "head", "impact", "recommendation", "names", "coded names", "phrases",
        "names in code", "rarest shared name", "rarest shared title word", "title in text", "title in text, weaker side", "head in text", "head in text, weaker side",
        "names contained", "coded names contained", "same file", "same lines", "lines of one in lines of other", "one names lines",
        "same author", "same severity", "severities apart", "shorter length", "length ratio", "findings of the contest",
        "relative to best", "rank", "words, relative to other's best", "shared weight of words", "same rule type", "rule types",
    ];

    /// <value>Names of the same vector where the whole contest is known: what a lookup can only guess of the contest is replaced by what the contest shows.</value>
    public static readonly string[] MatureNames =
        [.. Names[..Between], "likeness to the whole contest", "relative to weaker best", "deviations above the mean", "relative to stronger best", .. Names[(Between + 4)..]];

    /// <summary>Where the four numbers stand that set a pair beside others.</summary>
    private const int Between = 26;

    public static int Width => Names.Length;

    /// <param name="a">The new finding.</param>
    /// <param name="b">One before it.</param>
    /// <param name="into">Filled but for the four numbers that need the other pairs; see <see cref="Relate"/> and <see cref="RelateMature"/>.</param>
    public static void Compare(WeightedSketch a, WeightedSketch b, Span<float> into)
    {
        Span<SharedWeight> shared = stackalloc SharedWeight[WeightedSketch.Views];
        for (int view = 0; view < WeightedSketch.Views; view++)
        {
            shared[view] = a.Shared((TermView)view, b, (TermView)view);
            into[view] = (float)a.Cosine((TermView)view, b, (TermView)view, shared[view]);
        }

        SharedWeight named = shared[(int)TermView.Named];
        SharedWeight coded = shared[(int)TermView.Coded];

        into[8] = (float)Math.Max(a.Cosine(TermView.Named, b, TermView.Coded), b.Cosine(TermView.Named, a, TermView.Coded));
        into[9] = (float)named.Most;
        into[10] = (float)shared[(int)TermView.Title].Most;
        BothWays(a.Contained(TermView.Title, b, TermView.Words), b.Contained(TermView.Title, a, TermView.Words), into[11..]);
        BothWays(a.Contained(TermView.Head, b, TermView.Words), b.Contained(TermView.Head, a, TermView.Words), into[13..]);
        into[15] = (float)Math.Max(a.Contained(TermView.Named, named.Sum), b.Contained(TermView.Named, named.OtherSum));
        into[16] = (float)Math.Max(a.Contained(TermView.Coded, coded.Sum), b.Contained(TermView.Coded, coded.OtherSum));
        References(a.Sketch.References, b.Sketch.References, into[17..21]);
        into[21] = a.Sketch.Author != 0 && a.Sketch.Author == b.Sketch.Author ? 1 : 0;
        into[22] = a.Sketch.Severity == b.Sketch.Severity ? 1 : 0;
        into[23] = Math.Abs((int)a.Sketch.Severity - (int)b.Sketch.Severity);
        double shorter = Math.Log(1 + Math.Min(a.Sketch.Length, b.Sketch.Length));
        into[24] = (float)shorter;
        into[25] = (float)(Math.Log(1 + Math.Max(a.Sketch.Length, b.Sketch.Length)) - shorter);
        into[30] = (float)shared[(int)TermView.Words].Dot;
        into[31] = a.Sketch.Types.Length > 0 && b.Sketch.Types.Length > 0 && a.Sketch.Types[0] == b.Sketch.Types[0] ? 1 : 0;
        into[32] = Common(a.Sketch.Types, b.Sketch.Types);
    }

    /// <summary>Sets a pair beside the others of the same lookup.</summary>
    /// <param name="into">A vector that <see cref="Compare"/> has filled.</param>
    /// <param name="rank">Place among the candidates, from 0.</param>
    /// <param name="best">Greatest similarity of words that the new finding has to any candidate.</param>
    /// <param name="bestOfOther">The greatest that the other has had to any.</param>
    /// <param name="contest">Findings of the contest so far.</param>
    public static void Relate(Span<float> into, int rank, float best, float bestOfOther, int contest)
    {
        into[Between] = (float)Math.Log(1 + contest);
        into[Between + 1] = into[1] / (best + 0.01f);
        into[Between + 2] = (float)Math.Log(1 + rank);
        into[Between + 3] = into[1] / (bestOfOther + 0.01f);
    }

    /// <summary>Sets a pair beside all others of its contest.</summary>
    /// <param name="into">A vector that <see cref="Compare"/> has filled.</param>
    /// <param name="profile">Cosine of both findings' similarities to the whole contest.</param>
    /// <param name="best">Greatest similarity of words that one of them has to any other finding.</param>
    /// <param name="bestOfOther">The same of the other.</param>
    /// <param name="deviations">How many standard deviations the pair is more alike than one of them and the others usually are, the less of the two.</param>
    public static void RelateMature(Span<float> into, float profile, float best, float bestOfOther, float deviations)
    {
        into[Between] = profile;
        into[Between + 1] = into[1] / (Math.Min(best, bestOfOther) + 0.01f);
        into[Between + 2] = deviations;
        into[Between + 3] = into[1] / (Math.Max(best, bestOfOther) + 0.01f);
    }

    private static void BothWays(double one, double other, Span<float> into)
    {
        into[0] = (float)Math.Max(one, other);
        into[1] = (float)Math.Min(one, other);
    }

    private static int Common(byte[] a, byte[] b)
    {
        int count = 0;
        foreach (byte type in a)
        {
            count += Array.IndexOf(b, type) >= 0 ? 1 : 0;
        }

        return count;
    }

    private static void References(CodeReference[] a, CodeReference[] b, Span<float> into)
    {
        into.Clear();
        bool lines = false;
        foreach (CodeReference one in a)
        {
            foreach (CodeReference other in b)
            {
                into[0] = one.File == other.File ? 1 : into[0];
                into[1] = (float)Math.Max(into[1], one.Overlap(other));
                lines |= one.From > 0 && other.From > 0;
                if (one.File == other.File && one.From > 0 && other.From > 0 && one.From <= other.To && other.From <= one.To)
                {
                    into[2] = 1;
                }
            }
        }

        into[3] = lines ? 1 : 0;
    }
}
