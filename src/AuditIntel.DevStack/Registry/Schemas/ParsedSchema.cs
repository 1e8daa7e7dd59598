using AuditIntel.Avro;

namespace AuditIntel.DevStack.Registry.Schemas;

/// <summary>A schema that was understood.</summary>
/// <param name="Schema">With the types that it refers to.</param>
/// <param name="Content">As it is stored: the canonical text, and references with their true versions.</param>
/// <param name="Standalone">The canonical text with every type that it refers to written out.</param>
internal sealed record ParsedSchema(AvroSchema Schema, SchemaContent Content, string Standalone);
