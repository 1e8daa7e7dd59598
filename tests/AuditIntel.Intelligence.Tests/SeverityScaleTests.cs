using AuditIntel.Contracts;
using AuditIntel.Intelligence.Severities;

namespace AuditIntel.Intelligence.Tests;

public sealed class SeverityScaleTests
{
    [Theory]
    [InlineData("High Risk", Severity.High)]
    [InlineData("high", Severity.High)]
    [InlineData("3 (High Risk)", Severity.High)]
    [InlineData("Severity: Medium", Severity.Medium)]
    [InlineData("2 (Med Risk)", Severity.Medium)]
    [InlineData("M", Severity.Medium)]
    [InlineData("Low Risk Findings", Severity.Low)]
    [InlineData("QA", Severity.Low)]
    [InlineData("Critical", Severity.Critical)]
    [InlineData("\ud83d\udd34 Critical", Severity.Critical)]
    [InlineData("Non-Critical", Severity.Informational)]
    [InlineData("Informational", Severity.Informational)]
    [InlineData("Info", Severity.Informational)]
    [InlineData("Best Practices", Severity.Informational)]
    [InlineData("Gas Optimizations", Severity.Gas)]
    [InlineData("Gas", Severity.Gas)]
    [InlineData("Undetermined", Severity.Unknown)]
    [InlineData("Spicy", Severity.Unknown)]
    [InlineData("", Severity.Unknown)]
    [InlineData(null, Severity.Unknown)]
    public void Label_ShouldFindItsPlaceOnTheScale(string? label, Severity expected) => Assert.Equal(expected, SeverityScale.Of(label));
}
