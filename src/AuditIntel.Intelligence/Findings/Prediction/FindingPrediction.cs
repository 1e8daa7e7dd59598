using AuditIntel.Intelligence.Findings.Classification;
using AuditIntel.Intelligence.Findings.Extraction;

namespace AuditIntel.Intelligence.Findings.Prediction;

/// <summary>What the models say of a finding.</summary>
/// <param name="Types">Types, most confident first; none when unsure.</param>
/// <param name="Severity">Severities, most probable first.</param>
/// <param name="BugClasses">Classes of Web3Bugs, most probable first; none where the model was trained without them.</param>
/// <param name="Facts">What the text says in so many words.</param>
/// <param name="Recommendations">What is done about the types and about what the code shows.</param>
public sealed record FindingPrediction(
    IReadOnlyList<TypeLabel> Types,
    IReadOnlyList<ClassProbability> Severity,
    IReadOnlyList<ClassProbability> BugClasses,
    FindingFacts Facts,
    IReadOnlyList<string> Recommendations);
