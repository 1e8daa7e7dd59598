using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>
/// Turns readings into rows: blocks of words, signals against their mean and deviation, the places of title and text in the latent space, and what the
/// rules say. Immutable.
/// </summary>
internal sealed class FeatureSpace
{
    private const float MostDeviations = 3;

    private readonly int[] _evidence;

    /// <param name="options">What is read and how.</param>
    /// <param name="classes">Classes to tell apart: evidence for others is not read.</param>
    /// <param name="words">Words of each source of the options, in their order.</param>
    /// <param name="means">Of the signals.</param>
    /// <param name="deviations">Of the signals.</param>
    /// <param name="latent">The latent space, null for none.</param>
    /// <exception cref="ArgumentException">There are not as many vocabularies as sources.</exception>
    public FeatureSpace(
        ClassifierOptions options, IReadOnlyList<string> classes, IReadOnlyList<Vocabulary> words, float[] means, float[] deviations, LatentSpace? latent)
    {
        if (words.Count != options.Words.Count)
        {
            throw new ArgumentException($"{options.Words.Count} sources of words have {words.Count} vocabularies.", nameof(words));
        }

        IReadOnlyList<string> known = TaxonomyTable.Default.BugClasses;
        _evidence = options.EvidenceScale > 0
            ? [.. Enumerable.Range(0, known.Count).Where(i => classes.Contains(known[i])), .. Enumerable.Range(known.Count, CueTable.Default.OfClasses.Count)]
            : [];
        (Options, Words, Means, Deviations, Latent) = (options, words, means, deviations, latent);
        Width = words.Sum(each => each.Count) + means.Length + (latent is null ? 0 : 2 * latent.Dimensions) + _evidence.Length;
    }

    public ClassifierOptions Options { get; }

    /// <value>By source, in the order of the options.</value>
    public IReadOnlyList<Vocabulary> Words { get; }

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
            [.. options.Words.Select(source => VocabularyOf(source, [.. readings.Select(reading => reading.WordsOf(source))]))],
            means,
            deviations,
            options.LatentScale > 0 ? latent : null);
    }

    public SparseRow Row(FindingReading reading)
    {
        var features = new List<int>();
        var values = new List<float>();
        int offset = 0;
        for (int i = 0; i < Words.Count; i++)
        {
            Append(Words[i].Row(reading.WordsOf(Options.Words[i]), 1), Words[i].Count);
        }

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

    /// <summary>Signals of a finding as far as they may be read; none where they do not count.</summary>
    internal static float[] SignalsOf(FindingReading reading, ClassifierOptions options) =>
        options.SignalScale == 0 ? [] : options.ReadsComments ? [.. reading.Signals, .. reading.CommentSignals] : reading.Signals;

    private static Vocabulary VocabularyOf(WordSource source, IReadOnlyList<uint[]> texts) => source switch
    {
        WordSource.Title => Vocabulary.Of(texts, least: 1, mostShare: 0.5, most: 20_000),
        WordSource.Own => Vocabulary.Of(texts, least: 2, mostShare: 0.4, most: 30_000),
        WordSource.Comments => Vocabulary.Of(texts, least: 3, mostShare: 0.5, most: 20_000),
        WordSource.Phrases or WordSource.ReportPhrases => Vocabulary.Of(texts, least: 3, mostShare: 0.9, most: 80_000),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "A finding has no such words."),
    };
}
