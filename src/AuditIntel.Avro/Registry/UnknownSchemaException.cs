namespace AuditIntel.Avro;

/// <summary>The registry knows no schema of that id.</summary>
public sealed class UnknownSchemaException(int id, Uri registry)
    : AvroException($"The Schema Registry at {registry} knows no schema {id}: the value was written with another registry or is damaged.")
{
    public int Id { get; } = id;
}
