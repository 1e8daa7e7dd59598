namespace AuditIntel.DevStack.Registry;

/// <summary>What a subject's next version must be able to read, or be read by, as the Confluent Schema Registry has it.</summary>
public enum CompatibilityLevel
{
    /// <summary>Anything goes.</summary>
    None,

    /// <summary>The new schema reads what the last one wrote.</summary>
    Backward,

    /// <summary>The new schema reads what every earlier one wrote.</summary>
    BackwardTransitive,

    /// <summary>The last schema reads what the new one writes.</summary>
    Forward,

    /// <summary>Every earlier schema reads what the new one writes.</summary>
    ForwardTransitive,

    /// <summary>Backward and forward.</summary>
    Full,

    /// <summary>Backward and forward, with every earlier schema.</summary>
    FullTransitive,
}
