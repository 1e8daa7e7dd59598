namespace AuditIntel.Avro;

/// <summary>A schema as the registry keeps it.</summary>
/// <param name="Subject">Name under which it is registered.</param>
/// <param name="Version">From 1, within the subject.</param>
/// <param name="Id">Unique in the registry.</param>
/// <param name="Schema">The parsed schema.</param>
public sealed record RegisteredSchema(string Subject, int Version, int Id, AvroSchema Schema);
