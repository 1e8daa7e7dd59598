using AuditIntel.Avro;

namespace AuditIntel.DevStack.Registry.Settings;

/// <summary>Settings of a subject, or of all.</summary>
/// <param name="Level">Null where the registry's default holds.</param>
/// <param name="Normalize">Whether schemas are normalised without being asked to; null where nothing was said.</param>
/// <param name="Value">The record's value as it lies in the topic, fields that are not known here included; empty for defaults.</param>
internal sealed record SubjectConfig(SchemaCompatibilityLevel? Level, bool? Normalize, byte[] Value);
