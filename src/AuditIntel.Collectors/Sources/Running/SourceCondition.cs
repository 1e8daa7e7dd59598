namespace AuditIntel.Collectors.Sources.Running;

/// <summary>How a source is doing.</summary>
public enum SourceCondition
{
    /// <summary>Its turn has not come yet.</summary>
    Waiting,

    /// <summary>A pass is under way.</summary>
    Running,

    /// <summary>The last pass reached its end.</summary>
    Ok,

    /// <summary>The last pass did not.</summary>
    Failing,
}
