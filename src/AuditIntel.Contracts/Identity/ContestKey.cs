namespace AuditIntel.Contracts;

/// <summary>The record key of findings and contests: everything about one contest lies in one partition.</summary>
public static class ContestKey
{
    /// <returns><c>platform/contest</c>.</returns>
    public static string Of(string platform, string contest) => $"{platform}/{contest}";
}
