namespace AuditIntel.Streaming;

/// <summary>Where a record failed.</summary>
public enum ErrorStage
{
    /// <summary>Its key or value could not be read.</summary>
    Deserialize,

    /// <summary>An operator or processor threw.</summary>
    Process,

    /// <summary>
    /// An output cannot be sent (too large, or its topic is unknown). The context names the output's topic and holds its bytes; partition and offset are -1.
    /// </summary>
    Produce,
}
