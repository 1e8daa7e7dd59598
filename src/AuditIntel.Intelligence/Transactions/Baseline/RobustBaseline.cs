using System.Collections.Immutable;
using AuditIntel.Intelligence.Transactions.Features;

namespace AuditIntel.Intelligence.Transactions.Baseline;

/// <summary>
/// The statistical model that any other has to beat: how many robust standard deviations each watched feature lies on its suspicious side, and the
/// mean of these. The deviations are also what the isolation forest looks at. Immutable and safe for concurrent use.
/// </summary>
public sealed class RobustBaseline
{
    /// <summary>A deviation counts at most this much: beyond, only a broken number is that far out.</summary>
    public const float MostDeviation = 8;

    private readonly int[] _features;
    private readonly FeatureRange[] _ranges;

    /// <param name="signals">What is watched.</param>
    /// <param name="ranges">The range of each signal's feature in the training rows.</param>
    internal RobustBaseline(ImmutableArray<Signal> signals, FeatureRange[] ranges)
    {
        Signals = signals;
        _ranges = ranges;
        _features = [.. signals.Select(signal => FeatureSchema.IndexOf(signal.Feature))];
    }

    public ImmutableArray<Signal> Signals { get; }

    internal ReadOnlySpan<FeatureRange> Ranges => _ranges;

    /// <summary>Places of the signals' features in the feature vector.</summary>
    internal ReadOnlySpan<int> Features => _features;

    /// <param name="rows">Feature vectors one behind the other; their labels are not needed.</param>
    /// <param name="signals">What is to be watched.</param>
    public static RobustBaseline Train(ReadOnlySpan<float> rows, ImmutableArray<Signal> signals)
    {
        int width = FeatureSchema.Count;
        float[] column = new float[rows.Length / width];
        var ranges = new FeatureRange[signals.Length];
        for (int signal = 0; signal < signals.Length; signal++)
        {
            int feature = FeatureSchema.IndexOf(signals[signal].Feature);
            for (int row = 0; row < column.Length; row++)
            {
                column[row] = rows[(row * width) + feature];
            }

            ranges[signal] = FeatureRange.Of(column);
        }

        return new RobustBaseline(signals, ranges);
    }

    /// <summary>Writes one deviation a signal, 0 (usual) to <see cref="MostDeviation"/>.</summary>
    /// <param name="vector">Feature vector.</param>
    /// <param name="deviations">As many numbers as there are signals.</param>
    public void Deviations(ReadOnlySpan<float> vector, Span<float> deviations)
    {
        for (int i = 0; i < _features.Length; i++)
        {
            float distance = (vector[_features[i]] - _ranges[i].Median) / _ranges[i].Scale;
            float suspicious = Signals[i].Direction switch
            {
                Direction.High => distance,
                Direction.Low => -distance,
                _ => Math.Abs(distance),
            };
            deviations[i] = Math.Clamp(suspicious, 0, MostDeviation);
        }
    }

    /// <summary>The mean deviation: 0 for the entirely usual.</summary>
    public static float Score(ReadOnlySpan<float> deviations)
    {
        float sum = 0;
        foreach (float deviation in deviations)
        {
            sum += deviation;
        }

        return sum / deviations.Length;
    }
}
