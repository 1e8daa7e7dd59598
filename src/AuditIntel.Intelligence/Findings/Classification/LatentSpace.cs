using AuditIntel.Intelligence.Findings.Similarity;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>
/// Latent semantic space of unlabelled texts (Deerwester et al. 1990): the main directions of their TF-IDF rows, by subspace iteration from a seeded
/// start (Halko, Martinsson and Tropp 2011). Words used alike lie close, so a classifier with few labels knows more of them. Only the subspace
/// matters to what is built on it, so its basis is left as it falls.
/// </summary>
internal sealed class LatentSpace
{
    private const int Iterations = 3;

    public LatentSpace(Vocabulary vocabulary, int dimensions, float[] basis) => (Vocabulary, Dimensions, Basis) = (vocabulary, dimensions, basis);

    public Vocabulary Vocabulary { get; }

    public int Dimensions { get; }

    /// <value>By term, then by dimension.</value>
    public float[] Basis { get; }

    public static LatentSpace Of(IReadOnlyList<uint[]> texts, int dimensions, int mostTerms, long seed, CancellationToken cancellationToken)
    {
        Vocabulary vocabulary = Vocabulary.Of(texts, least: 3, mostShare: 0.3, mostTerms);
        dimensions = Math.Min(dimensions, Math.Min(vocabulary.Count, texts.Count));
        SparseRow[] rows = [.. texts.Select(text => vocabulary.Row(text, 1))];
        var random = new SeededRandom(seed);
        float[] basis = new float[vocabulary.Count * dimensions];
        for (int i = 0; i < basis.Length; i++)
        {
            basis[i] = (float)(random.NextDouble() - 0.5);
        }

        float[] projected = new float[dimensions];
        for (int round = 0; round < Iterations; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] next = new float[basis.Length];
            foreach (SparseRow row in rows)
            {
                Project(row, basis, projected);
                for (int i = 0; i < row.Features.Length; i++)
                {
                    DenseVector.Add(next.AsSpan(row.Features[i] * dimensions, dimensions), row.Values[i], projected);
                }
            }

            basis = Orthonormal(next, vocabulary.Count, dimensions);
        }

        return new LatentSpace(vocabulary, dimensions, basis);
    }

    /// <summary>A text's place, of length 1; zeros where none of its words is known.</summary>
    public float[] Place(uint[] text)
    {
        float[] place = new float[Dimensions];
        Project(Vocabulary.Row(text, 1), Basis, place);
        double squares = 0;
        foreach (float each in place)
        {
            squares += (double)each * each;
        }

        float factor = squares > 0 ? 1 / (float)Math.Sqrt(squares) : 0;
        for (int i = 0; i < place.Length; i++)
        {
            place[i] *= factor;
        }

        return place;
    }

    private static void Project(SparseRow row, float[] basis, Span<float> into)
    {
        into.Clear();
        for (int i = 0; i < row.Features.Length; i++)
        {
            DenseVector.Add(into, row.Values[i], basis.AsSpan(row.Features[i] * into.Length, into.Length));
        }
    }

    // Modified Gram-Schmidt on columns that lie one behind the other while it works.
    private static float[] Orthonormal(float[] matrix, int rows, int columns)
    {
        float[][] vectors = new float[columns][];
        for (int column = 0; column < columns; column++)
        {
            float[] vector = vectors[column] = new float[rows];
            for (int row = 0; row < rows; row++)
            {
                vector[row] = matrix[(row * columns) + column];
            }

            for (int before = 0; before < column; before++)
            {
                DenseVector.Add(vector, -DenseVector.Dot(vectors[before], vector), vectors[before]);
            }

            float norm = MathF.Sqrt(DenseVector.Dot(vector, vector));
            for (int row = 0; row < rows && norm > 0; row++)
            {
                vector[row] /= norm;
            }
        }

        float[] result = new float[matrix.Length];
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row++)
            {
                result[(row * columns) + column] = vectors[column][row];
            }
        }

        return result;
    }
}
