using AuditIntel.Intelligence.Findings.Evaluation;

namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>How each classifier is trained.</summary>
internal static class ClassifierRecipes
{
    private const int LatentDimensions = 100;
    private const int LatentTerms = 12_000;
    private const int LeastOfClass = 12;

    /// <summary>Severity of a published report, comments included.</summary>
    public static readonly ClassifierOptions PublishedSeverity = new() { ReadsComments = true, SignalScale = 0.15f, LatentScale = 1, Penalty = 1, Balance = 1 };

    /// <summary>Severity of a text as its author wrote it.</summary>
    public static readonly ClassifierOptions SubmittedSeverity = PublishedSeverity with { ReadsComments = false };

    /// <summary>Class of Web3Bugs.</summary>
    public static readonly ClassifierOptions BugClass = new() { ReadsComments = false, SignalScale = 0.15f, LatentScale = 1, Penalty = 1, Balance = 1 };

    /// <summary>Of everything that a model may be trained on, labelled or not.</summary>
    public static LatentSpace Latent(IEnumerable<FindingReading> readings, long seed, CancellationToken cancellationToken) =>
        LatentSpace.Of([.. readings.Select(reading => reading.Own)], LatentDimensions, LatentTerms, seed, cancellationToken);

    /// <summary>Classes of Web3Bugs with findings enough to learn from: 12 or more, which are 13 in the published table.</summary>
    public static IReadOnlySet<string> BugClasses(IEnumerable<LabelledFinding> findings) => findings
        .Where(finding => finding.BugClass is not null).GroupBy(finding => finding.BugClass!)
        .Where(group => group.Count() >= LeastOfClass).Select(group => group.Key).ToHashSet();
}
