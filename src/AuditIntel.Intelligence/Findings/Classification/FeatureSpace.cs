using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>
/// Turns readings into rows: words of the title, words of the text, words of the comments, signals against their mean and deviation, the places of
/// title and text in the latent space, and what the rules say. Immutable.
/// </summary>
internal sealed class FeatureSpace
{
    private const float MostDeviations = 3;

    private readonly int[] _evidence;

    /// <param name="options">What is read and how.</param>
    /// <param name="classes">Classes to tell apart: evidence for others is not read.</param>
    /// <param name="title">Words of titles.</param>
    /// <param name="own">Words of texts.</param>
    /// <param name="comments">Words of comments.</param>
    /// <param name="means">Of the signals.</param>
    /// <param name="deviations">Of the signals.</param>
    /// <param name="latent">The latent space, null for none.</param>
    public FeatureSpace(
        ClassifierOptions options, IReadOnlyList<string> classes, Vocabulary title, Vocabulary own, Vocabulary comments, float[] means, float[] deviations, LatentSpace? latent)
    {
        IReadOnlyList<string> known = TaxonomyTable.Default.BugClasses;
        _evidence = options.EvidenceScale > 0
            ? [.. Enumerable.Range(0, known.Count).Where(i => classes.Contains(known[i])), .. Enumerable.Range(known.Count, CueTable.Default.OfClasses.Count)]
            : [];
        (Options, Title, Own, Comments, Means, Deviations, Latent) = (options, title, own, comments, means, deviations, latent);
        Width = title.Count + own.Count + comments.Count + means.Length + (latent is null ? 0 : 2 * latent.Dimensions) + _evidence.Length;
    }

    public ClassifierOptions Options { get; }

    public Vocabulary Title { get; }

    public Vocabulary Own { get; }

    public Vocabulary Comments { get; }

    public float[] Means { get; }

    public float[] Deviations { get; }

    public LatentSpace? Latent { get; }

    public int Width { get; }

    public static FeatureSpace Fit(IReadOnlyList<FindingReading> readings, IReadOnlyList<string> classes, ClassifierOptions options, LatentSpace? latent)
    {
        float[][] signals = [.. readings.Select(reading => SignalsOf(reading, options))];
        int width = signals[0].Length;
        float[] means = new float[width];
        float[] deviations = new float[width];
        for (int i = 0; i < width; i++)
        {
            double mean = signals.Average(each => each[i]);
            double variance = signals.Average(each => (each[i] - mean) * (each[i] - mean));
            (means[i], deviations[i]) = ((float)mean, (float)Math.Sqrt(variance));
        }

        return new FeatureSpace(
            options,
            classes,
            Vocabulary.Of([.. readings.Select(reading => reading.Title)], least: 1, mostShare: 0.5, most: 20_000),
            Vocabulary.Of([.. readings.Select(reading => reading.Own)], least: 2, mostShare: 0.4, most: 30_000),
            options.ReadsComments ? Vocabulary.Of([.. readings.Select(reading => reading.Comments)], least: 3, mostShare: 0.5, most: 20_000) : new Vocabulary([], []),
            means,
            deviations,
            options.LatentScale > 0 ? latent : null);
    }

    public SparseRow Row(FindingReading reading)
    {
        var features = new List<int>();
        var values = new List<float>();
        int offset = 0;
        Append(Title.Row(reading.Title, 1), Title.Count);
        Append(Own.Row(reading.Own, 1), Own.Count);
        Append(Options.ReadsComments ? Comments.Row(reading.Comments, 1) : new SparseRow([], []), Comments.Count);
        float[] signals = SignalsOf(reading, Options);
        for (int i = 0; i < signals.Length; i++)
        {
            if (Deviations[i] > 0)
            {
                features.Add(offset + i);
                values.Add(Options.SignalScale * Math.Clamp((signals[i] - Means[i]) / Deviations[i], -MostDeviations, MostDeviations));
            }
        }

        offset += signals.Length;
        if (Latent is not null)
        {
            AppendAll(Latent.Place(reading.Title), Options.LatentScale);
            AppendAll(Latent.Place(reading.Own), Options.LatentScale);
        }

        AppendAll([.. _evidence.Select(i => reading.Evidence[i])], Options.EvidenceScale);

        return new SparseRow([.. features], [.. values]);

        void Append(SparseRow row, int count)
        {
            for (int i = 0; i < row.Features.Length; i++)
            {
                features.Add(offset + row.Features[i]);
                values.Add(row.Values[i]);
            }

            offset += count;
        }

        void AppendAll(float[] numbers, float scale)
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                features.Add(offset + i);
                values.Add(scale * numbers[i]);
            }

            offset += numbers.Length;
        }
    }

    /// <summary>Signals of a finding as far as they may be read.</summary>
    internal static float[] SignalsOf(FindingReading reading, ClassifierOptions options) =>
        options.ReadsComments ? [.. reading.Signals, .. reading.CommentSignals] : reading.Signals;
}
