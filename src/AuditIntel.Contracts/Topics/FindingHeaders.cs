namespace AuditIntel.Contracts;

/// <summary>Names of the headers of raw findings.</summary>
public static class FindingHeaders
{
    /// <summary>
    /// Stands at the last finding that a collector has of a contest, with an empty value: its duplicates can be settled now. A hint; where it is missing a pause tells.
    /// </summary>
    public const string EndsContest = "contest.end";
}
