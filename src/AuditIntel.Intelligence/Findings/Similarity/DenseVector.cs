using System.Numerics;

namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>Arithmetic on lists of equal length.</summary>
internal static class DenseVector
{
    /// <summary>Adds a multiple of one list to another.</summary>
    public static void Add(Span<float> to, float factor, ReadOnlySpan<float> what)
    {
        int i = 0;
        for (; i + Vector<float>.Count <= to.Length; i += Vector<float>.Count)
        {
            (new Vector<float>(to[i..]) + (factor * new Vector<float>(what[i..]))).CopyTo(to[i..]);
        }

        for (; i < to.Length; i++)
        {
            to[i] += factor * what[i];
        }
    }

    /// <summary>Scalar product.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i + Vector<float>.Count <= a.Length; i += Vector<float>.Count)
        {
            sums += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        }

        float sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
