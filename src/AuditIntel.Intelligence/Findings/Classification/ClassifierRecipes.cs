using AuditIntel.Intelligence.Findings.Evaluation;

namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>How each classifier is trained.</summary>
internal static class ClassifierRecipes
{
    private const int LatentDimensions = 100;
    private const int LatentTerms = 12_000;
    private const int LeastOfClass = 12;

    /// <summary>Severity of a published report, comments included.</summary>
    public static readonly ClassifierOptions PublishedSeverity =
        new() { ReadsComments = true, SignalScale = 0.15f, LatentScale = 1, Penalty = 1, Balance = 1, Forest = new ForestOptions() };

    /// <summary>Severity of a text as its author wrote it.</summary>
    public static readonly ClassifierOptions SubmittedSeverity = PublishedSeverity with { ReadsComments = false };

    /// <summary>Class of Web3Bugs.</summary>
    public static readonly ClassifierOptions BugClass = new() { ReadsComments = false, SignalScale = 0.15f, LatentScale = 1, EvidenceScale = 0.5f, Penalty = 1, Balance = 0.75 };

    /// <summary>Of severities on other platforms, of which there are many more.</summary>
    private static readonly ClassifierOptions Adviser = new() { ReadsComments = false, SignalScale = 0, LatentScale = 0, Penalty = 0.5, Balance = 1 };

    /// <summary>Models of severity that know the labels of firms and of Sherlock, and none of Code4rena.</summary>
    public static IReadOnlyList<TextClassifier> SeverityAdvisers(IReadOnlyCollection<ReadFinding> findings, CancellationToken cancellationToken)
    {
        var advisers = new List<TextClassifier>();
        foreach (Func<LabelledFinding, string?> label in (ReadOnlySpan<Func<LabelledFinding, string?>>)[SeverityLabels.OfFirms, SeverityLabels.OfGroups])
        {
            ReadFinding[] labelled = [.. findings.Where(each => label(each.Labelled) is not null)];
            string[] labels = [.. labelled.Select(each => label(each.Labelled)!)];
            if (labels.Distinct().Count() > 1)
            {
                advisers.Add(TextClassifier.Train([.. labelled.Select(each => each.Reading)], labels, Adviser, latent: null, cancellationToken));
            }
        }

        return advisers;
    }

    /// <summary>Trains on findings that all have a label.</summary>
    public static StackedClassifier Train(
        IReadOnlyList<ReadFinding> labelled,
        Func<LabelledFinding, string?> label,
        ClassifierOptions options,
        LatentSpace latent,
        IReadOnlyList<TextClassifier> advisers,
        CancellationToken cancellationToken) => StackedClassifier.Train(
            [.. labelled.Select(each => each.Reading)],
            [.. labelled.Select(each => label(each.Labelled)!)],
            [.. labelled.Select(each => $"{each.Labelled.Finding.Platform}/{each.Labelled.Finding.Contest}")],
            options,
            latent,
            advisers,
            cancellationToken);

    /// <summary>Of everything that a model may be trained on, labelled or not.</summary>
    public static LatentSpace Latent(IEnumerable<FindingReading> readings, long seed, CancellationToken cancellationToken) =>
        LatentSpace.Of([.. readings.Select(reading => reading.Own)], LatentDimensions, LatentTerms, seed, cancellationToken);

    /// <summary>Classes of Web3Bugs with findings enough to learn from: 12 or more, which are 13 in the published table.</summary>
    public static IReadOnlySet<string> BugClasses(IEnumerable<LabelledFinding> findings) => findings
        .Where(finding => finding.BugClass is not null).GroupBy(finding => finding.BugClass!)
        .Where(group => group.Count() >= LeastOfClass).Select(group => group.Key).ToHashSet();
}
