namespace AuditIntel.Avro;

/// <summary>A list of items of one schema.</summary>
public sealed class ArraySchema : AvroSchema
{
    internal ArraySchema(SchemaJson json, AvroSchema items)
        : base(AvroType.Array, json) => Items = items;

    public AvroSchema Items { get; }
}
