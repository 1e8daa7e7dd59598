using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Intelligence.Tests.Findings;
using AuditIntel.Topologies.Findings;

namespace AuditIntel.Topologies.Tests.Findings;

/// <summary>Models that have learned from made-up findings.</summary>
internal static class SampleModel
{
    public static readonly DateTimeOffset TrainedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<ModelArtifact> First = new(() => Train(1));
    private static readonly Lazy<ModelArtifact> Second = new(() => Train(2));

    public static ModelArtifact One => First.Value;

    public static ModelArtifact Two => Second.Value;

    private static ModelArtifact Train(long seed)
    {
        List<LabelledFinding> findings = SampleFindings.Grouped(4, 5);
        for (int i = 0; i < 40; i++)
        {
            findings.Add(new LabelledFinding(SampleFindings.Finding(
                $"h{i}", $"Reentrancy in place {i} withdraw", $"An attacker makes a reentrant call and drains it. Add nonReentrant. Number {i}.", $"{i % 10}", "code4rena")));
            findings.Add(new LabelledFinding(SampleFindings.Finding(
                $"l{i}", $"Floating pragma in file {i}", $"It has a floating pragma; lock the pragma version. Number {i}.", $"{i % 10}", "code4rena", severity: Severity.Low)));
        }

        return FindingsModelRecord.Of(FindingsModelTrainer.Train(findings, seed, _ => { }, default), "samples", TrainedAt.AddDays(seed));
    }
}
