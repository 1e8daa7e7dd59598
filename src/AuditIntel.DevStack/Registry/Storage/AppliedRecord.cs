using AuditIntel.DevStack.Registry.Schemas;

namespace AuditIntel.DevStack.Registry.Storage;

/// <summary>What a record did to the table.</summary>
/// <param name="Refusal">Why it was not taken; null when it was.</param>
/// <param name="Before">The version that the key stood for before, of a SCHEMA record.</param>
internal readonly record struct AppliedRecord(string? Refusal, SchemaVersion? Before);
