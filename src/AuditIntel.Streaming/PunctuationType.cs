namespace AuditIntel.Streaming;

/// <summary>Which time moves a punctuator.</summary>
public enum PunctuationType
{
    /// <summary>The highest timestamp of the task's records: without records it stands still.</summary>
    StreamTime,

    /// <summary>The time of the machine.</summary>
    WallClockTime,
}
