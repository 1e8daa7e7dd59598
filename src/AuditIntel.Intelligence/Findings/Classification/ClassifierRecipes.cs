using AuditIntel.Intelligence.Findings.Evaluation;

namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>How each classifier is trained.</summary>
internal static class ClassifierRecipes
{
    private const int LatentDimensions = 100;
    private const int LatentTerms = 12_000;
    private const int LeastOfClass = 12;

    /// <summary>Severity of a published report, comments included.</summary>
    public static readonly StackOptions PublishedSeverity = new()
    {
        ReadsVerdicts = true,
        Views =
        [
            new ClassifierOptions { Words = [WordSource.Title, WordSource.Own, WordSource.Comments], ReadsComments = true, SignalScale = 0.15f },
            new ClassifierOptions { Words = [WordSource.ReportPhrases], Penalty = 0.2 },
        ],
    };

    /// <summary>Severity of a text as its author wrote it.</summary>
    public static readonly StackOptions SubmittedSeverity = new()
    {
        Views =
        [
            new ClassifierOptions { Words = [WordSource.Title, WordSource.Own], SignalScale = 0.15f },
            new ClassifierOptions { Words = [WordSource.Phrases], Penalty = 0.2 },
        ],
    };

    /// <summary>Class of Web3Bugs.</summary>
    public static readonly ClassifierOptions BugClass = new()
    {
        Words = [WordSource.Title, WordSource.Own],
        SignalScale = 0.15f,
        LatentScale = 1,
        EvidenceScale = 0.5f,
        Balance = 0.75,
    };

    /// <summary>Trains on those of the findings that have a severity of Code4rena.</summary>
    public static StackedClassifier Severity(
        IEnumerable<ReadFinding> findings, StackOptions options, long seed, CancellationToken cancellationToken)
    {
        ReadFinding[] labelled = [.. findings.Where(each => SeverityLabels.OfHeadings(each.Labelled) is not null)];
        return StackedClassifier.Train(
            [.. labelled.Select(each => each.Reading)],
            [.. labelled.Select(each => SeverityLabels.OfHeadings(each.Labelled)!)],
            [.. labelled.Select(each => $"{each.Labelled.Finding.Platform}/{each.Labelled.Finding.Contest}")],
            options with { Forest = options.Forest with { Seed = seed } },
            cancellationToken);
    }

    /// <summary>Trains on those of the findings that have a class.</summary>
    public static TextClassifier BugClasses(
        IEnumerable<ReadFinding> findings, Func<LabelledFinding, string?> label, LatentSpace latent, CancellationToken cancellationToken)
    {
        ReadFinding[] labelled = [.. findings.Where(each => label(each.Labelled) is not null)];
        return TextClassifier.Train([.. labelled.Select(each => each.Reading)], [.. labelled.Select(each => label(each.Labelled)!)], BugClass, latent, cancellationToken);
    }

    /// <summary>Of everything that a model may be trained on, labelled or not.</summary>
    public static LatentSpace Latent(IEnumerable<FindingReading> readings, long seed, CancellationToken cancellationToken) =>
        LatentSpace.Of([.. readings.Select(reading => reading.Own)], LatentDimensions, LatentTerms, seed, cancellationToken);

    /// <summary>Classes of Web3Bugs with findings enough to learn from: 12 or more, which are 13 in the published table.</summary>
    public static IReadOnlySet<string> BugClassesOf(IEnumerable<LabelledFinding> findings) => findings
        .Where(finding => finding.BugClass is not null).GroupBy(finding => finding.BugClass!)
        .Where(group => group.Count() >= LeastOfClass).Select(group => group.Key).ToHashSet();

    /// <summary>Tells a finding's class where it is one of these.</summary>
    public static Func<LabelledFinding, string?> BugClassIn(IReadOnlySet<string> classes) => finding => finding.BugClass is { } name && classes.Contains(name) ? name : null;
}
