namespace AuditIntel.Sinks.Postgres;

/// <summary>How writing a batch ended.</summary>
internal enum WriteOutcome
{
    /// <summary>Rows and offsets are committed.</summary>
    Written,

    /// <summary>An earlier attempt, whose answer got lost, had committed it.</summary>
    WrittenBefore,

    /// <summary>Another owner has moved a partition since this sink read it: nothing was written, the stored offsets are the truth.</summary>
    Fenced,
}
