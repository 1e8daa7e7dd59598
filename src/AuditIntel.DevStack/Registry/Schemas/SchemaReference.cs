namespace AuditIntel.DevStack.Registry.Schemas;

/// <summary>A schema's use of a type that another subject's version defines.</summary>
/// <param name="Name">For Avro the type's full name.</param>
/// <param name="Subject">Where the type is registered.</param>
/// <param name="Version">Its version there; -1 in a request stands for the latest.</param>
internal sealed record SchemaReference(string Name, string Subject, int Version);
