namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>Terms that a classifier knows, with their inverse document frequency.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<uint, int> _places = [];

    public Vocabulary(uint[] terms, float[] weights)
    {
        (Terms, Weights) = (terms, weights);
        for (int i = 0; i < terms.Length; i++)
        {
            _places[terms[i]] = i;
        }
    }

    public uint[] Terms { get; }

    /// <value>By term, smoothed as scikit-learn does: ln((1 + n) / (1 + df)) + 1.</value>
    public float[] Weights { get; }

    public int Count => Terms.Length;

    /// <param name="texts">Terms of each text, repetitions included.</param>
    /// <param name="least">Texts that must have a term.</param>
    /// <param name="mostShare">Share of the texts that may have it.</param>
    /// <param name="most">Terms kept, the most frequent first.</param>
    public static Vocabulary Of(IReadOnlyList<uint[]> texts, int least, double mostShare, int most)
    {
        var counts = new Dictionary<uint, int>();
        foreach (uint[] text in texts)
        {
            foreach (uint term in text.Distinct())
            {
                counts[term] = counts.GetValueOrDefault(term) + 1;
            }
        }

        KeyValuePair<uint, int>[] kept =
        [
            .. counts.Where(count => count.Value >= least && count.Value <= mostShare * texts.Count)
                .OrderByDescending(count => count.Value).ThenBy(count => count.Key).Take(most).OrderBy(count => count.Key),
        ];
        return new Vocabulary(
            [.. kept.Select(count => count.Key)],
            [.. kept.Select(count => (float)(Math.Log((1.0 + texts.Count) / (1 + count.Value)) + 1))]);
    }

    /// <summary>TF-IDF with sublinear counts, of length <paramref name="scale"/>.</summary>
    public SparseRow Row(uint[] text, float scale)
    {
        int[] places = new int[text.Length];
        int known = 0;
        foreach (uint term in text)
        {
            if (_places.TryGetValue(term, out int place))
            {
                places[known++] = place;
            }
        }

        Span<int> sorted = places.AsSpan(0, known);
        sorted.Sort();
        int[] features = new int[Distinct(sorted)];
        float[] values = new float[features.Length];
        double squares = 0;
        for (int i = 0, from = 0; i < features.Length; i++)
        {
            int to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from])
            {
                to++;
            }

            features[i] = sorted[from];
            values[i] = Weights[features[i]] * (1 + MathF.Log(to - from));
            squares += (double)values[i] * values[i];
            from = to;
        }

        float factor = squares > 0 ? scale / (float)Math.Sqrt(squares) : 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }

        return new SparseRow(features, values);
    }

    private static int Distinct(ReadOnlySpan<int> sorted)
    {
        int count = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            count += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
        }

        return count;
    }
}
