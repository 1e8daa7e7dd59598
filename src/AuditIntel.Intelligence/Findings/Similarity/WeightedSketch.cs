namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>A sketch with the weight of every term at one moment: logarithm of its count times inverse document frequency.</summary>
internal sealed class WeightedSketch
{
    public const int Views = 8;

    private readonly float[][] _weights = new float[Views][];
    private readonly float[] _norms = new float[Views];
    private readonly double[] _totals = new double[Views];

    public WeightedSketch(FindingSketch sketch, ContestStatistics contest)
    {
        Sketch = sketch;
        MadeAt = contest.Findings;
        for (int view = 0; view < Views; view++)
        {
            TermCounts terms = TermsOf(sketch, (TermView)view);
            float[] weights = new float[terms.Length];
            double squares = 0;
            double total = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = contest.Weight(terms.Terms[i]) * (1 + MathF.Log(terms.Counts[i]));
                squares += (double)weights[i] * weights[i];
                total += weights[i];
            }

            _weights[view] = weights;
            _norms[view] = (float)Math.Sqrt(squares);
            _totals[view] = total;
        }
    }

    public FindingSketch Sketch { get; }

    /// <value>Findings of the contest when the weights were made.</value>
    public int MadeAt { get; }

    public static TermCounts TermsOf(FindingSketch sketch, TermView view) => view switch
    {
        TermView.Title => sketch.Title,
        TermView.Words => sketch.Words,
        TermView.Head => sketch.Head,
        TermView.Impact => sketch.Impact,
        TermView.Recommendation => sketch.Recommendation,
        TermView.Named => sketch.Named,
        TermView.Coded => sketch.Coded,
        TermView.Phrases => sketch.Phrases,
        _ => throw new ArgumentOutOfRangeException(nameof(view), view, "No such list."),
    };

    public ReadOnlySpan<float> Weights(TermView view) => _weights[(int)view];

    public float Norm(TermView view) => _norms[(int)view];

    /// <summary>Cosine of two lists, 0 where one is empty.</summary>
    public double Cosine(TermView view, WeightedSketch other) => Cosine(view, other, view);

    /// <summary>Cosine of one list of this sketch and one of the other.</summary>
    public double Cosine(TermView view, WeightedSketch other, TermView otherView) => Cosine(view, other, otherView, Shared(view, other, otherView));

    /// <summary>The same from what the lists share.</summary>
    public double Cosine(TermView view, WeightedSketch other, TermView otherView, SharedWeight shared)
    {
        double norms = (double)_norms[(int)view] * other._norms[(int)otherView];
        return norms > 0 ? shared.Dot / norms : 0;
    }

    /// <summary>What two lists share, in one pass.</summary>
    public SharedWeight Shared(TermView view, WeightedSketch other, TermView otherView)
    {
        ReadOnlySpan<uint> a = TermsOf(Sketch, view).Terms;
        ReadOnlySpan<uint> b = TermsOf(other.Sketch, otherView).Terms;
        ReadOnlySpan<float> weights = _weights[(int)view];
        ReadOnlySpan<float> otherWeights = other._weights[(int)otherView];
        double dot = 0;
        double sum = 0;
        double otherSum = 0;
        double most = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] == b[j])
            {
                dot += (double)weights[i] * otherWeights[j];
                sum += weights[i];
                otherSum += otherWeights[j];
                most = Math.Max(most, weights[i]);
                i++;
                j++;
            }
            else if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return new SharedWeight(dot, sum, otherSum, most);
    }

    /// <summary>Share of one list's weight that the other list has too.</summary>
    public double Contained(TermView view, WeightedSketch other, TermView otherView) => Contained(view, Shared(view, other, otherView).Sum);

    /// <summary>The same from the weight that is shared.</summary>
    public double Contained(TermView view, double shared) => _totals[(int)view] > 0 ? shared / _totals[(int)view] : 0;
}
