namespace AuditIntel.Avro;

/// <summary>null, boolean, int, long, float, double, bytes or string.</summary>
public sealed class PrimitiveSchema : AvroSchema
{
    internal PrimitiveSchema(AvroType type, SchemaJson json)
        : base(type, json)
    {
    }
}
