using System.Runtime.InteropServices;

namespace AuditIntel.Intelligence.Transactions.Baseline;

/// <summary>Where the values of a feature lie.</summary>
/// <param name="Low">5 % are below.</param>
/// <param name="Median">Half are below.</param>
/// <param name="High">5 % are above.</param>
/// <param name="Scale">Robust standard deviation: 1.4826 x the median distance from the median (Hampel 1974); where more than half of the values are
/// equal, the ordinary one; never 0.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct FeatureRange(float Low, float Median, float High, float Scale)
{
    private const float LeastScale = 1e-3f;
    private const double Normal = 1.4826;

    /// <param name="values">One or more values; they are sorted in place.</param>
    internal static FeatureRange Of(Span<float> values)
    {
        values.Sort();
        float median = values[values.Length / 2];
        double sum = 0;
        double squares = 0;
        float[] distances = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i];
            squares += (double)values[i] * values[i];
            distances[i] = Math.Abs(values[i] - median);
        }

        Array.Sort(distances);
        double scale = Normal * distances[distances.Length / 2];
        if (scale < LeastScale)
        {
            double mean = sum / values.Length;
            scale = Math.Sqrt(Math.Max(0, (squares / values.Length) - (mean * mean)));
        }

        return new FeatureRange(
            values[(int)(0.05 * (values.Length - 1))], median, values[(int)(0.95 * (values.Length - 1))], Math.Max(LeastScale, (float)scale));
    }
}
