namespace AuditIntel.Sinks.Findings;

/// <summary>What a record on one of the sink's topics asks for.</summary>
internal enum SinkRecordKind
{
    /// <summary>A row of contests.</summary>
    Contest,

    /// <summary>The deletion of a row of contests; the value is its <see cref="ContestRef"/>.</summary>
    ContestTombstone,

    /// <summary>A row of findings.</summary>
    Finding,

    /// <summary>A row of finding_duplicates.</summary>
    Duplicate,

    /// <summary>A row of dead_letters.</summary>
    DeadLetter,
}
