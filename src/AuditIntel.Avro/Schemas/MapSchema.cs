namespace AuditIntel.Avro;

/// <summary>Strings to values of one schema.</summary>
public sealed class MapSchema : AvroSchema
{
    internal MapSchema(SchemaJson json, AvroSchema values)
        : base(AvroType.Map, json) => Values = values;

    public AvroSchema Values { get; }
}
