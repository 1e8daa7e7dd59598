using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Findings.Duplicates;
using AuditIntel.Intelligence.Findings.Extraction;
using AuditIntel.Intelligence.Findings.Similarity;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.Prediction;

/// <summary>Everything that was learned of findings. Immutable, safe for concurrent use.</summary>
public sealed class FindingsModel
{
    private readonly RuleClassifier _rules = new();
    private readonly FactReader _facts = new();

    internal FindingsModel(FindingsTrainingRecord training, DuplicateModel duplicates, TermStatistics history, StackedClassifier severity, TextClassifier? bugClass, TypeModel types)
    {
        (Training, Duplicates, History, Severity, BugClass, Types) = (training, duplicates, history, severity, bugClass, types);
        history.Freeze();
    }

    public FindingsTrainingRecord Training { get; }

    internal DuplicateModel Duplicates { get; }

    internal TermStatistics History { get; }

    internal StackedClassifier Severity { get; }

    internal TextClassifier? BugClass { get; }

    internal TypeModel Types { get; }

    /// <summary>A detector that has seen nothing but the statistics of the training texts.</summary>
    public DuplicateDetector NewDetector()
    {
        var history = new TermStatistics();
        history.Restore(History.Count, History.Counts);
        return new DuplicateDetector(Duplicates, history, _rules);
    }

    /// <summary>What the models say of a finding, from its own text.</summary>
    public FindingPrediction Predict(FindingText finding)
    {
        FindingReading reading = FindingReading.Of(finding, _rules, CueTable.Default);
        IReadOnlyList<TypeLabel> types = Types.Classify(finding, reading);
        FindingFacts facts = _facts.Read(finding);
        IEnumerable<string> ids = types.Select(type => type.TypeId).Concat(facts.Code.Select(evidence => evidence.TypeId)).Distinct();
        return new FindingPrediction(
            types,
            Ranked(Severity, reading),
            BugClass is null ? [] : Ranked(BugClass, reading),
            facts,
            [.. ids.Select(id => TaxonomyTable.Default.Types.First(type => type.Id == id).Recommendation)]);
    }

    private static ClassProbability[] Ranked(IFindingClassifier classifier, FindingReading reading)
    {
        double[] probabilities = classifier.Predict(reading);
        return
        [
            .. classifier.Classes.Select((name, i) => new ClassProbability(name, Math.Round(probabilities[i], 4)))
                .OrderByDescending(each => each.Probability).Take(3),
        ];
    }
}
