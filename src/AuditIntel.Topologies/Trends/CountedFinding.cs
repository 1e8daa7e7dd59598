namespace AuditIntel.Topologies.Trends;

/// <summary>
/// What one record says of a finding. Of several records of one finding the greatest holds, in whatever order they come: the one collected last, on a
/// tie the finding before the duplicate.
/// </summary>
/// <param name="CollectedAtMs">When what led to it was collected, milliseconds since 1970.</param>
/// <param name="Cell">What it counts for, as key of a <see cref="Intelligence.Trends.TrendCell"/>; empty for a duplicate, which counts for nothing.</param>
internal readonly record struct CountedFinding(long CollectedAtMs, string Cell) : IComparable<CountedFinding>
{
    public int CompareTo(CountedFinding other) =>
        CollectedAtMs != other.CollectedAtMs ? CollectedAtMs.CompareTo(other.CollectedAtMs) : string.CompareOrdinal(Cell, other.Cell);
}
