using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.Artefacts;
using AuditIntel.Intelligence.Findings.Evaluation;
using AuditIntel.Intelligence.Findings.Prediction;
using AuditIntel.Intelligence.Transactions.Artefacts;

namespace AuditIntel.Intelligence.Tests.Findings;

public sealed class FindingsModelTests
{
    private static readonly List<LabelledFinding> Findings = Labelled();
    private static readonly FindingsModel Model = FindingsModelTrainer.Train(Findings, 1, _ => { }, default);

    [Fact]
    public void Artefact_ShouldGiveTheSameModelBack()
    {
        byte[] bytes = FindingsModelArtefact.Write(Model);
        FindingsModel again = FindingsModelArtefact.Read(bytes);
        Assert.Equal(bytes, FindingsModelArtefact.Write(again));
        FindingText finding = Findings[^1].Finding;
        Assert.Equal(Model.Predict(finding).Severity, again.Predict(finding).Severity);
        Assert.Equal(Model.Training, again.Training);
    }

    [Fact]
    public void Training_ShouldGiveTheSameBytes_WhenSeedAndDataAreTheSame() => Assert.Equal(
        FindingsModelArtefact.Write(Model), FindingsModelArtefact.Write(FindingsModelTrainer.Train(Findings, 1, _ => { }, default)));

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-1)]
    public void Artefact_ShouldBeRefused_WhenAByteIsChanged(int at)
    {
        byte[] bytes = FindingsModelArtefact.Write(Model);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        Assert.Throws<ModelArtefactException>(() => FindingsModelArtefact.Read(bytes));
    }

    [Fact]
    public void Prediction_ShouldTellSeverityAndTypeAndAdvice()
    {
        FindingPrediction prediction = Model.Predict(SampleFindings.Finding("x", "Reentrancy in withdraw", "A reentrant call drains the vault; use nonReentrant.", platform: ""));
        Assert.Equal("high", prediction.Severity[0].Name);
        Assert.Equal("reentrancy", prediction.Types[0].TypeId);
        Assert.NotEmpty(prediction.Types[0].Evidence);
        Assert.NotEmpty(prediction.Recommendations);
        Assert.All(prediction.Types, type => Assert.InRange(type.Confidence, 0, 1));
    }

    [Fact]
    public void Prediction_ShouldNotReadWhatJudgesSay_WhenItGivesSeverity()
    {
        FindingText plain = SampleFindings.Finding("x", "Reentrancy in withdraw", "A reentrant call drains the vault.", platform: "");
        FindingText judged = plain with { Body = plain.Body + "\n\n**[x (judge) decreased severity to Low](u):**\n> a typo in a comment, floating pragma" };
        Assert.Equal(Model.Predict(plain).Severity[0].Name, Model.Predict(judged).Severity[0].Name);
    }

    [Fact]
    public void Evaluation_ShouldKeepContestsApart_AndCountEveryLabelOnce()
    {
        FindingsEvaluationResult result = FindingsEvaluation.Run(Findings, null, 1, _ => { }, default);
        Assert.Equal(80, result.Severity!.Judged);
        Assert.Equal(80, result.Severity.Confusion.Sum(row => row.Sum()));
        Assert.True(result.Severity.MacroF1 > 0.9);
        Assert.NotNull(result.Duplicates);
        Assert.Null(result.BugClass);
    }

    [Fact]
    public void Evaluation_ShouldJudgeOtherData_WhenTrainingDataAreGiven()
    {
        FindingsEvaluationResult result = FindingsEvaluation.Run(SampleFindings.Grouped(1, 4), Findings, 1, _ => { }, default);
        Assert.Single(result.Duplicates!.Contests);
        Assert.Null(result.Severity);
    }

    private static List<LabelledFinding> Labelled()
    {
        List<LabelledFinding> findings = SampleFindings.Grouped(4, 5);
        string[] places = ["vault", "pool", "router", "bridge", "staking", "auction", "market", "treasury"];
        for (int i = 0; i < 40; i++)
        {
            string place = places[i % places.Length];
            findings.Add(new LabelledFinding(SampleFindings.Finding(
                $"h{i}", $"Reentrancy in {place} withdraw", $"An attacker makes a reentrant call and drains the {place}. Add nonReentrant. Number {i}.", $"{i % 10}", "code4rena")));
            findings.Add(new LabelledFinding(SampleFindings.Finding(
                $"l{i}", $"Floating pragma in {place}", $"The {place} has a floating pragma; lock the pragma version. Number {i}.", $"{i % 10}", "code4rena", severity: Severity.Low)));
        }

        return findings;
    }
}
