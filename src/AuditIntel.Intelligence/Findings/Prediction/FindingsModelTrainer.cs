using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Findings.Duplicates;
using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Findings.Similarity;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.Prediction;

/// <summary>Trains all finding models on labelled findings.</summary>
public static class FindingsModelTrainer
{
    /// <param name="findings">Findings; those without labels count as text.</param>
    /// <param name="seed">Same seed and findings, same model.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="ArgumentException">Labels for duplicates, severity or types are missing.</exception>
    public static FindingsModel Train(IReadOnlyList<LabelledFinding> findings, long seed, Action<string> progress, CancellationToken cancellationToken)
    {
        progress("reading");
        IReadOnlyList<ReadFinding> read = ClassificationEvaluation.Read(findings);
        LatentSpace latent = ClassifierRecipes.Latent(read.Select(each => each.Reading), seed, cancellationToken);
        progress("severity");
        StackedClassifier severity = ClassifierRecipes.Severity(read, ClassifierRecipes.SubmittedSeverity, seed, cancellationToken);
        progress("types");
        IReadOnlySet<string> classes = ClassifierRecipes.BugClassesOf(findings);
        Func<LabelledFinding, string?> bugClassOf = ClassifierRecipes.BugClassIn(classes);
        TextClassifier? bugClass = classes.Count > 1 ? ClassifierRecipes.BugClasses(read, bugClassOf, latent, cancellationToken) : null;
        TypeModel types = TypeModel.Train(read, latent, new RuleClassifier(), cancellationToken);
        progress("duplicates");
        DuplicateModel duplicates = DuplicateTrainer.Train(DuplicateEvaluation.Live(findings, FindingsEvaluation.Background(findings)), seed, cancellationToken);
        var sketcher = new FindingSketcher(new RuleClassifier());
        TermStatistics history = DuplicateHistory.Of(findings.Select(each => sketcher.Sketch(each.Finding)));
        return new FindingsModel(
            new FindingsTrainingRecord(
                seed,
                findings.Count,
                findings.Count(each => each.Group is not null),
                findings.Count(each => SeverityLabels.OfHeadings(each) is not null),
                findings.Count(each => bugClassOf(each) is not null)),
            duplicates, history, severity, bugClass, types);
    }
}
