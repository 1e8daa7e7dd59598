using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Findings.Code;
using AuditIntel.Intelligence.Findings.Extraction;
using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Intelligence.Severities;
using AuditIntel.Intelligence.Taxonomy;
using AuditIntel.Topologies.Serving;

namespace AuditIntel.Topologies.Findings;

/// <summary>Adds to a finding what a model reads in its text. A function of finding and model.</summary>
internal static class FindingEnricher
{
    /// <summary>As much of a text as the models look at; what one finding costs is bounded by it.</summary>
    private const int MostCharacters = 65_536;

    private static readonly Dictionary<string, VulnerabilityType> Types = TaxonomyTable.Default.Types.ToDictionary(type => type.Id);

    /// <param name="finding">As the rules left it.</param>
    /// <param name="id">Id that the text is to have.</param>
    public static FindingText TextOf(Finding finding, string id) => new()
    {
        Id = id,
        Platform = finding.Platform,
        Contest = finding.Contest,
        Title = finding.Title,
        Body = finding.Body.Length > MostCharacters ? finding.Body[..MostCharacters] : finding.Body,
        Author = finding.Authors.Count > 0 ? finding.Authors[0] : "",
        Document = finding.SourcePath,
        Severity = finding.Severity,
    };

    public static Finding Enrich(Finding finding, ServingModel<FindingsModel> serving)
    {
        FindingPrediction prediction = serving.Model!.Predict(TextOf(finding, finding.Id));
        FindingFacts facts = prediction.Facts;
        ClassProbability? severity = prediction.Severity.Count > 0 ? prediction.Severity[0] : null;
        Severity predicted = SeverityScale.Of(severity?.Name);
        bool doubtful = finding.Severity == Severity.Unknown && predicted != Severity.Unknown;
        return Typed(finding, prediction.Types) with
        {
            Severity = doubtful ? predicted : finding.Severity,
            SeveritySource = doubtful ? "model" : finding.SeveritySource,
            PredictedSeverity = severity is null ? null : predicted,
            PredictedSeverityConfidence = severity?.Probability ?? 0,
            Types = [.. prediction.Types.Select(type => new FindingType { TypeId = type.TypeId, Confidence = type.Confidence, Evidence = [.. type.Evidence] })],
            AttackVectors = [.. facts.AttackVectors],
            Preconditions = [.. facts.Preconditions],
            EconomicImpact = [.. facts.Amounts.Select(Amount)],
            Recommendations = [.. prediction.Recommendations],
            AuthorRecommendation = facts.Recommendation.Length > 0 ? facts.Recommendation : null,
            CodePatterns = [.. facts.Code.Select(Pattern)],
            ModelVersion = serving.Version,
        };
    }

    /// <summary>The model's first type, or unknown where it is unsure; what the platform calls a gas finding is one, whatever else it mentions.</summary>
    private static Finding Typed(Finding finding, IReadOnlyList<TypeLabel> labels)
    {
        if (finding.Severity == Severity.Gas)
        {
            return finding;
        }

        VulnerabilityType? type = labels.Count > 0 ? Types[labels[0].TypeId] : null;
        return finding with
        {
            VulnerabilityType = type?.Id ?? VulnerabilityType.UnknownId,
            TypeConfidence = labels.Count > 0 ? labels[0].Confidence : 0,
            Swc = type?.Swc ?? [],
            Cwe = type?.Cwe ?? [],
        };
    }

    private static Contracts.NamedAmount Amount(Intelligence.Findings.Extraction.NamedAmount amount) =>
        new() { Value = (double)amount.Value, Unit = amount.Unit, Text = amount.Text };

    private static CodePattern Pattern(CodeEvidence evidence) => new() { TypeId = evidence.TypeId, Pattern = evidence.Pattern, Line = evidence.Line };
}
