using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Findings.Evaluation;

/// <summary>Judges classifiers on contests that neither they nor their latent space have seen.</summary>
internal static class ClassificationEvaluation
{
    /// <summary>Folds of contests where no other data to train on are given.</summary>
    public const int Folds = 5;

    public static IReadOnlyList<ReadFinding> Read(IReadOnlyList<LabelledFinding> findings)
    {
        var rules = new RuleClassifier();
        return [.. findings.Select(finding => new ReadFinding(finding, FindingReading.Of(finding.Finding, rules, CueTable.Default)))];
    }

    /// <summary>By folds of contests: each contest's place among those of its platform, in the order of names, modulo <see cref="Folds"/>.</summary>
    public static IReadOnlyDictionary<string, int> FoldsOf(IEnumerable<LabelledFinding> findings) => findings
        .GroupBy(finding => finding.Finding.Platform)
        .SelectMany(platform => platform.Select(finding => finding.Finding.Contest).Distinct().Order(StringComparer.Ordinal)
            .Select((contest, i) => (Contest: $"{platform.Key}/{contest}", Fold: i % Folds)))
        .ToDictionary(each => each.Contest, each => each.Fold);

    /// <summary>What a classifier answers for the findings that have a label.</summary>
    public static IEnumerable<(string Truth, string Said, double Probability)> Answer(
        IFindingClassifier classifier, IEnumerable<ReadFinding> judge, Func<LabelledFinding, string?> label)
    {
        foreach (ReadFinding finding in judge)
        {
            if (label(finding.Labelled) is { } truth)
            {
                double[] probabilities = classifier.Predict(finding.Reading);
                int best = Array.IndexOf(probabilities, probabilities.Max());
                yield return (truth, classifier.Classes[best], probabilities[best]);
            }
        }
    }
}
