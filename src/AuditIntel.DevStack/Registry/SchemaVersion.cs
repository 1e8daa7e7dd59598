using AuditIntel.Avro;

namespace AuditIntel.DevStack.Registry;

/// <summary>A version of a subject.</summary>
internal sealed record SchemaVersion(string Subject, int Version, int Id, string Text, AvroSchema Schema);
