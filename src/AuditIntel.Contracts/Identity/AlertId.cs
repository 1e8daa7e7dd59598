namespace AuditIntel.Contracts;

/// <summary>The id of an alert, and the idempotency key of its deliveries.</summary>
public static class AlertId
{
    /// <param name="ruleId">The rule that fired.</param>
    /// <param name="subjectId">What it fired on: the id of an anomaly, of a scored transaction or of a finding.</param>
    /// <returns>SHA-256 of both, 64 hex digits.</returns>
    public static string Of(string ruleId, string subjectId) => Sha256Text.Of(ruleId, subjectId);
}
