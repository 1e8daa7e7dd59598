using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Taxonomy;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>
/// Types of a finding: the evidence of the taxonomy's rules, and a text model that has learned from the findings of which the rules are sure, and so
/// knows words that no rule names. Both together are calibrated (Platt 1999) on Web3Bugs, whose labels neither has seen: a confidence of 0.6 means that
/// six of ten such verdicts agree with its nearest class there.
/// </summary>
internal sealed class TypeModel(TextClassifier learned, double[] calibration, RuleClassifier rules)
{
    public const double Sure = 0.5;
    private const int LeastOfType = 12;
    private const int MostLabels = 3;
    private const double LeastConfidence = 0.2;

    /// <summary>Words alone: signals hold the rules' own evidence, which would only be learned back.</summary>
    private static readonly ClassifierOptions Options = new() { Words = [WordSource.Title, WordSource.Own], LatentScale = 1, Penalty = 0.3, Balance = 0.5 };

    public TextClassifier Learned { get; } = learned;

    /// <value>Weights of rule share, learned probability, and the intercept.</value>
    public double[] Calibration { get; } = calibration;

    /// <exception cref="ArgumentException">The rules are sure of too few findings.</exception>
    public static TypeModel Train(IReadOnlyList<ReadFinding> findings, LatentSpace latent, RuleClassifier rules, CancellationToken cancellationToken)
    {
        (ReadFinding Finding, TypeVerdict Verdict)[] sure =
        [
            .. findings.Select(each => (each, rules.Classify(each.Labelled.Finding.Title, each.Labelled.Finding.Body, Severity.Unknown)))
                .Where(each => each.Item2 is { Type: not null, Confidence: >= Sure }),
        ];
        HashSet<string> common = [.. sure.GroupBy(each => each.Verdict.Type!.Id).Where(group => group.Count() >= LeastOfType).Select(group => group.Key)];
        sure = [.. sure.Where(each => common.Contains(each.Verdict.Type!.Id))];
        TextClassifier learned = TextClassifier.Train(
            [.. sure.Select(each => each.Finding.Reading)], [.. sure.Select(each => each.Verdict.Type!.Id)], Options, latent, cancellationToken);
        var model = new TypeModel(learned, [1, 1, 0], rules);
        var inputs = new List<double>();
        var agrees = new List<bool>();
        foreach (ReadFinding finding in findings.Where(each => each.Labelled.BugClass is not null))
        {
            foreach ((VulnerabilityType type, double share, double probability) in model.Candidates(finding.Reading, rules.Scores(finding.Labelled.Finding.Title, finding.Labelled.Finding.Body, Severity.Unknown)))
            {
                inputs.AddRange([share, probability]);
                agrees.Add(type.Web3Bugs == finding.Labelled.BugClass);
            }
        }

        bool both = agrees.Contains(true) && agrees.Contains(false);
        return both ? new TypeModel(learned, LogisticRegression.Fit(inputs.ToArray(), agrees.ToArray(), 2), rules) : model;
    }

    /// <summary>Types, most confident first; none when unsure, which is the type unknown.</summary>
    public IReadOnlyList<TypeLabel> Classify(FindingText finding, FindingReading reading)
    {
        RuleEvidence evidence = rules.Evidence(finding.Title, finding.Body, Severity.Unknown);
        return
        [
            .. Candidates(reading, evidence.Scores)
                .Select(each => (each.Type, Confidence: Logistic.Probability((Calibration[0] * each.Share) + (Calibration[1] * each.Probability) + Calibration[2])))
                .Where(each => each.Confidence >= LeastConfidence)
                .OrderByDescending(each => each.Confidence)
                .Take(MostLabels)
                .Select(each => new TypeLabel(each.Type.Id, Math.Round(each.Confidence, 4), rules.EvidenceFor(each.Type.Id, evidence))),
        ];
    }

    private List<(VulnerabilityType Type, double Share, double Probability)> Candidates(FindingReading reading, double[] scores)
    {
        double[] probabilities = Learned.Predict(reading);
        double sum = scores.Sum() + 5;
        IReadOnlyList<VulnerabilityType> types = TaxonomyTable.Default.Types;
        return
        [
            .. types.Select((type, i) => (type, scores[i] / sum, Of(type.Id)))
                .OrderByDescending(each => each.Item2 + each.Item3).Take(MostLabels),
        ];

        double Of(string id)
        {
            for (int i = 0; i < probabilities.Length; i++)
            {
                if (Learned.Classes[i] == id)
                {
                    return probabilities[i];
                }
            }

            return 0;
        }
    }
}
