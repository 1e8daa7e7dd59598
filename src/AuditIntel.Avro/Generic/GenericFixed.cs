namespace AuditIntel.Avro;

/// <summary>Bytes of a fixed schema.</summary>
/// <param name="Schema">The fixed.</param>
/// <param name="Bytes">As many as the schema's size.</param>
public sealed record GenericFixed(FixedSchema Schema, byte[] Bytes);
