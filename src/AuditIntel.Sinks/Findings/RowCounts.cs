namespace AuditIntel.Sinks.Findings;

/// <summary>Rows that a transaction made or changed, by table.</summary>
internal sealed class RowCounts
{
    public int Contests { get; set; }

    public int ContestsDeleted { get; set; }

    public int Findings { get; set; }

    public int Duplicates { get; set; }

    public int DeadLetters { get; set; }

    public void Add(RowCounts more)
    {
        Contests += more.Contests;
        ContestsDeleted += more.ContestsDeleted;
        Findings += more.Findings;
        Duplicates += more.Duplicates;
        DeadLetters += more.DeadLetters;
    }
}
