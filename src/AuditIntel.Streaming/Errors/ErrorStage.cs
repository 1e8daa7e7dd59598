namespace AuditIntel.Streaming;

/// <summary>Where a record failed.</summary>
public enum ErrorStage
{
    /// <summary>Its key or value could not be read.</summary>
    Deserialize,

    /// <summary>An operator or processor threw.</summary>
    Process,
}
