namespace AuditIntel.Intelligence.Findings.Duplicates;

/// <summary>Pairs that have an answer.</summary>
/// <param name="Rows">Vectors one behind the other.</param>
/// <param name="Labels">Whether both findings are one issue.</param>
internal sealed record LabelledPairs(float[] Rows, bool[] Labels)
{
    /// <param name="groups">Group of each finding; -1 where nobody has grouped it.</param>
    /// <param name="places">Both findings of each pair.</param>
    /// <param name="features">A vector for each pair, one behind the other.</param>
    public static LabelledPairs Of(int[] groups, IReadOnlyList<(int Later, int Earlier)> places, float[] features)
    {
        var rows = new List<float>();
        var labels = new List<bool>();
        for (int pair = 0; pair < places.Count; pair++)
        {
            (int a, int b) = (groups[places[pair].Later], groups[places[pair].Earlier]);
            if (a >= 0 && b >= 0)
            {
                rows.AddRange(features.AsSpan(pair * PairFeatures.Width, PairFeatures.Width));
                labels.Add(a == b);
            }
        }

        return new LabelledPairs([.. rows], [.. labels]);
    }
}
