namespace AuditIntel.DevStack.Registry.Settings;

/// <summary>What may be written to a subject, or to all.</summary>
internal enum RegistryMode
{
    ReadWrite,

    ReadOnly,

    /// <summary>Read-only, under its old name.</summary>
    ReadOnlyOverride,

    /// <summary>Schemas come with their ids and versions, and are not checked against earlier ones.</summary>
    Import,

    /// <summary>Like Import; only the original sets it.</summary>
    Forward,
}
