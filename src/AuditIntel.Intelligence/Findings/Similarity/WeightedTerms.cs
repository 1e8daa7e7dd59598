namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>One list of a sketch with the weight of every term at one moment: logarithm of its count times inverse document frequency.</summary>
internal sealed class WeightedTerms
{
    private readonly TermCounts _terms;
    private readonly float[] _weights;

    public WeightedTerms(TermCounts terms, ContestStatistics contest)
    {
        _terms = terms;
        _weights = new float[terms.Length];
        ReadOnlySpan<uint> numbers = terms.Terms;
        ReadOnlySpan<byte> counts = terms.Counts;
        double squares = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            float weight = contest.Weight(numbers[i]) * (1 + MathF.Log(counts[i]));
            _weights[i] = weight;
            squares += (double)weight * weight;
            Total += weight;
        }

        Norm = (float)Math.Sqrt(squares);
    }

    public ReadOnlySpan<uint> Terms => _terms.Terms;

    public ReadOnlySpan<float> Weights => _weights;

    /// <value>Euclidean.</value>
    public float Norm { get; }

    /// <value>Sum of the weights.</value>
    public double Total { get; }

    /// <summary>Cosine of two lists, 0 where one is empty.</summary>
    public double Cosine(WeightedTerms other) => Cosine(other, Shared(other));

    /// <summary>The same from what the lists share.</summary>
    public double Cosine(WeightedTerms other, SharedWeight shared)
    {
        double norms = (double)Norm * other.Norm;
        return norms > 0 ? shared.Dot / norms : 0;
    }

    /// <summary>What two lists share, in one pass.</summary>
    public SharedWeight Shared(WeightedTerms other)
    {
        ReadOnlySpan<uint> a = Terms;
        ReadOnlySpan<uint> b = other.Terms;
        ReadOnlySpan<float> weights = _weights;
        ReadOnlySpan<float> otherWeights = other._weights;
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
}
