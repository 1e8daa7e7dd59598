namespace AuditIntel.Topologies.Findings.Duplicates;

/// <summary>Entries of a contest that the detector takes for one issue.</summary>
internal sealed class IssueGroup
{
    public List<LogEntry> Entries { get; } = [];

    /// <value>Findings of the group that stand among the findings, by order. One, but for the moment in which groups merge.</value>
    public SortedSet<(long Order, string Id)> Uniques { get; } = [];
}
