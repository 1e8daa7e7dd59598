namespace AuditIntel.Contracts;

/// <summary>The id of a finding: the same finding has the same id for ever, however often and by whomever it is read.</summary>
public static class FindingId
{
    /// <returns>SHA-256 of the three names, 64 hex digits.</returns>
    public static string Of(string platform, string contest, string nativeId) => Sha256Text.Of(platform, contest, nativeId);
}
