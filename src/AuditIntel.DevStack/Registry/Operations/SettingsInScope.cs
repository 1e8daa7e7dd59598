using AuditIntel.Avro;
using AuditIntel.DevStack.Registry.Settings;
using AuditIntel.DevStack.Registry.Storage;

namespace AuditIntel.DevStack.Registry.Operations;

/// <summary>Which settings hold for a subject: its own, else the global ones, else the registry's defaults.</summary>
internal sealed class SettingsInScope(SchemaTable table, SchemaCompatibilityLevel defaultLevel)
{
    public const RegistryMode DefaultMode = RegistryMode.ReadWrite;

    /// <summary>What holds where nothing was set.</summary>
    public SchemaCompatibilityLevel DefaultLevel { get; } = defaultLevel;

    public RegistryMode Mode(string? subject) => (subject is null ? null : table.Mode(subject)) ?? table.Mode(null) ?? DefaultMode;

    /// <summary>A subject that has settings of its own, but no level, follows the registry's default, not the global level: so does the original.</summary>
    public SchemaCompatibilityLevel Level(string subject) => ((table.Config(subject) ?? table.Config(null))?.Level) ?? DefaultLevel;

    public bool Normalize(string subject) => table.Config(subject)?.Normalize ?? table.Config(null)?.Normalize ?? false;

    /// <exception cref="RegistryException">The subject may not be written.</exception>
    public void RefuseWhenReadOnly(string? subject)
    {
        if (Mode(subject).IsReadOnly())
        {
            throw RegistryException.NotPermitted($"Subject {subject ?? "null"} in context :.: is in read-only mode");
        }
    }
}
