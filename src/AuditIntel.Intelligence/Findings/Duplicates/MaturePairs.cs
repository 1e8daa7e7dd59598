using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>
/// Pairs of a contest's findings that are worth a look, with features by all that is known of the contest: each finding with those whose words are nearest.
/// What no finding by itself can tell is how it lies in its contest; two that are alike to the same others and unlike the same others are mostly one issue.
/// </summary>
internal sealed class MaturePairs
{
    /// <summary>Findings of a contest that are held against each other at most, so that what a finding costs is bounded.</summary>
    public const int MostFindings = 2_048;

    /// <summary>Pairs of each finding; it may be among those of others too.</summary>
    private const int MostNeighbours = 96;

    /// <summary>Findings that stand for the whole contest when two of it are compared by what they are alike to.</summary>
    private const int MostLandmarks = 512;

    private MaturePairs(int findings, (int, int)[] places, float[] features) => (Findings, Places, Features) = (findings, places, features);

    /// <value>Findings of which these are pairs.</value>
    public int Findings { get; }

    /// <value>The places of both findings of each pair, the later first.</value>
    public (int Later, int Earlier)[] Places { get; }

    /// <value>A vector for each pair, one behind the other; see <see cref="PairFeatures.MatureNames"/>.</value>
    public float[] Features { get; }

    /// <param name="findings">In the order in which they came, weighed alike.</param>
    public static MaturePairs Of(WeightedSketch[] findings)
    {
        int count = findings.Length;
        float[][] alike = Alike(findings);
        (int Later, int Earlier)[] places = Nearest(alike);
        Profile[] profiles = [.. alike.Select(Profile.Of)];
        float[] features = new float[places.Length * PairFeatures.Width];
        for (int pair = 0; pair < places.Length; pair++)
        {
            (int later, int earlier) = places[pair];
            Span<float> row = features.AsSpan(pair * PairFeatures.Width, PairFeatures.Width);
            PairFeatures.Compare(findings[later], findings[earlier], row);
            (Profile one, Profile other) = (profiles[later], profiles[earlier]);
            PairFeatures.RelateMature(row, one.Cosine(other), one.Best, other.Best, Math.Min(one.Deviations(row[1]), other.Deviations(row[1])));
        }

        return new MaturePairs(count, places, features);
    }

    /// <summary>Cosine of words of all findings with all others; 0 of each with itself, since that says nothing of how it lies among the others.</summary>
    private static float[][] Alike(WeightedSketch[] findings)
    {
        float[][] alike = [.. findings.Select(_ => new float[findings.Length])];
        for (int later = 0; later < findings.Length; later++)
        {
            for (int earlier = 0; earlier < later; earlier++)
            {
                alike[later][earlier] = alike[earlier][later] = (float)findings[later].Cosine(TermView.Words, findings[earlier], TermView.Words);
            }
        }

        return alike;
    }

    private static (int Later, int Earlier)[] Nearest(float[][] alike)
    {
        int count = alike.Length;
        var chosen = new HashSet<(int Later, int Earlier)>();
        float[] unlike = new float[count];
        int[] order = new int[count];
        for (int finding = 0; finding < count; finding++)
        {
            for (int other = 0; other < count; other++)
            {
                // Itself last.
                (order[other], unlike[other]) = (other, other == finding ? 1 : -alike[finding][other]);
            }

            Array.Sort(unlike, order);
            foreach (int other in order.AsSpan(0, Math.Min(MostNeighbours, count - 1)))
            {
                chosen.Add((Math.Max(finding, other), Math.Min(finding, other)));
            }
        }

        (int Later, int Earlier)[] places = [.. chosen];
        Array.Sort(places);
        return places;
    }

    /// <summary>How a finding lies in its contest: its similarities to the landmarks, which are every so-many-th finding.</summary>
    private sealed record Profile(float[] Alike, float Length, float Mean, float Deviation, float Best)
    {
        public static Profile Of(float[] alike)
        {
            int landmarks = Math.Min(alike.Length, MostLandmarks);
            float[] chosen = new float[landmarks];
            for (int i = 0; i < landmarks; i++)
            {
                chosen[i] = alike[(int)((long)i * alike.Length / landmarks)];
            }

            float squares = DenseVector.Dot(chosen, chosen);
            float mean = chosen.Average();
            float variance = Math.Max(0, (squares / landmarks) - (mean * mean));
            return new Profile(chosen, MathF.Sqrt(squares), mean, MathF.Sqrt(variance), alike.Max());
        }

        public float Cosine(Profile other) => DenseVector.Dot(Alike, other.Alike) / ((Length * other.Length) + 1e-9f);

        public float Deviations(float similarity) => (similarity - Mean) / (Deviation + 1e-6f);
    }
}
