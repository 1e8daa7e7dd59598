namespace AuditIntel.Avro;

/// <summary>What the next version of a schema owes to earlier ones, as the Confluent Schema Registry has it.</summary>
public enum SchemaCompatibilityLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The new schema reads what the last one wrote.</summary>
    Backward,

    /// <summary>The new schema reads what every earlier one wrote.</summary>
    BackwardTransitive,

    /// <summary>The last schema reads what the new one writes.</summary>
    Forward,

    /// <summary>Every earlier schema reads what the new one writes.</summary>
    ForwardTransitive,

    /// <summary>Backward and forward with the last schema.</summary>
    Full,

    /// <summary>Backward and forward with every earlier schema.</summary>
    FullTransitive,
}
