namespace AuditIntel.Avro;

/// <summary>Kinds of JSON nodes (RFC 8259).</summary>
public enum SchemaJsonKind
{
    Null,
    True,
    False,
    Number,
    String,
    Array,
    Object,
}
