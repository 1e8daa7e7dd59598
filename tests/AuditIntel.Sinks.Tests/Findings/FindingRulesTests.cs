using AuditIntel.Contracts;
using AuditIntel.Sinks.Findings;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Tests.Stack;

namespace AuditIntel.Sinks.Tests.Findings;

public sealed class FindingRulesTests
{
    public static TheoryData<object, string> Broken => new()
    {
        { Sample.Finding("a") with { Id = "short" }, "id" },
        { Sample.Finding("a") with { Id = new string('A', 64) }, "id" },
        { Sample.Finding("a") with { ContentHash = "" }, "contentHash" },
        { Sample.Finding("a") with { Platform = "" }, "platform" },
        { Sample.Finding("a") with { Contest = new string('é', 513) }, "contest" },
        { Sample.Finding("a") with { VulnerabilityType = "" }, "vulnerabilityType" },
        { Sample.Finding("a") with { TypeConfidence = double.NaN }, "typeConfidence" },
        { Sample.Finding("a") with { PrizePoolUsd = 1e16m }, "prizePoolUsd" },
        { Sample.Duplicate("a", "b") with { CanonicalId = "" }, "canonicalId" },
        { Sample.Duplicate("a", "b") with { Similarity = 1.5 }, "similarity" },
        { Sample.Contest("") , "contest" },
        { Sample.DeadLetter("a") with { Stage = "" }, "stage" },
        { Sample.DeadLetter("a") with { ErrorClass = "" }, "errorClass" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Fault_ShouldNameTheField_WhenALimitIsBroken(object record, string field) => Assert.Contains($"Field {field} ", record is DeadLetter letter ? DeadLetterRows.Fault(letter) : FindingRules.Fault(record));

    [Fact]
    public void Fault_ShouldBeNull_WhenRecordsKeepTheLimits()
    {
        Assert.Null(FindingRules.Fault(Sample.Finding("a") with { Contest = new string('é', 512), TypeConfidence = 0 }));
        Assert.Null(FindingRules.Fault(Sample.Duplicate("a", "b")));
        Assert.Null(FindingRules.Fault(Sample.Contest("71")));
        Assert.Null(DeadLetterRows.Fault(Sample.DeadLetter("a")));
    }
}
