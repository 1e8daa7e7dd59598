namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>Extremely randomised trees (Geurts, Ernst and Wehenkel 2006): the mean of what their leaves have seen. Immutable, safe for concurrent use.</summary>
internal sealed class RandomForest
{
    /// <exception cref="ArgumentException">A node leads astray, or the parts do not fit each other.</exception>
    public RandomForest(int classes, int width, ForestNode[] nodes, int[] roots, float[] leaves)
    {
        (Classes, Width, Nodes, Roots, Leaves) = (classes, width, nodes, roots, leaves);
        for (int i = 0; i < nodes.Length; i++)
        {
            ForestNode node = nodes[i];
            bool fits = node.Feature < 0
                ? node.Next >= 0 && ((long)node.Next + 1) * classes <= leaves.Length
                : node.Feature < width && node.Next > i && node.Next + 1 < nodes.Length;
            if (!fits)
            {
                throw new ArgumentException($"node {i} of the forest leads astray.", nameof(nodes));
            }
        }

        if (classes < 2 || roots.Length == 0 || roots.Any(root => root < 0 || root >= nodes.Length))
        {
            throw new ArgumentException("the forest has no trees, or a tree without a root.", nameof(roots));
        }
    }

    public int Classes { get; }

    /// <value>Numbers in a row.</value>
    public int Width { get; }

    public ForestNode[] Nodes { get; }

    public int[] Roots { get; }

    /// <value>By leaf, then by class: shares that sum up to 1.</value>
    public float[] Leaves { get; }

    /// <summary>Probabilities of all classes.</summary>
    /// <param name="row"><see cref="Width"/> finite numbers.</param>
    public double[] Predict(ReadOnlySpan<float> row)
    {
        double[] sums = new double[Classes];
        foreach (int root in Roots)
        {
            ReadOnlySpan<float> leaf = Leaves.AsSpan(LeafOf(root, row) * Classes, Classes);
            for (int k = 0; k < sums.Length; k++)
            {
                sums[k] += leaf[k] / Roots.Length;
            }
        }

        return sums;
    }

    private int LeafOf(int root, ReadOnlySpan<float> row)
    {
        ForestNode node = Nodes[root];
        while (node.Feature >= 0)
        {
            node = Nodes[row[node.Feature] > node.Threshold ? node.Next + 1 : node.Next];
        }

        return node.Next;
    }
}
