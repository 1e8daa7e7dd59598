namespace AuditIntel.Topologies.Trends;

/// <summary>Names of the topology's stores, and so of their changelogs.</summary>
internal static class TrendsStores
{
    /// <summary>Id of a finding to what it counts for.</summary>
    public const string Counted = "trends-counted";

    /// <summary>Cell to the findings in it, as the published windows have them.</summary>
    public const string Told = "trends-told";

    /// <summary>Cell to how many more findings it has than the published windows say.</summary>
    public const string Pending = "trends-pending";
}
