namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>Platforms of records from live sources, beside those of <see cref="Platforms"/>.</summary>
public static class SourcePlatforms
{
    /// <summary>Reports of attacks and losses.</summary>
    public const string Incidents = "incidents";

    /// <summary>Research, write-ups and advisories of vulnerabilities.</summary>
    public const string Research = "research";

    /// <summary>What bug bounty platforms publish.</summary>
    public const string Bounties = "bounties";

    public static IReadOnlyList<string> Named { get; } = [Platforms.Code4rena, Platforms.Sherlock, Incidents, Research, Bounties];

    public static bool IsKnown(string platform) => Named.Contains(platform) || Platforms.IsFirm(platform);
}
