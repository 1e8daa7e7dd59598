namespace AuditIntel.Avro;

/// <summary>One of several schemas; values are encoded as the branch's index and the value.</summary>
public sealed class UnionSchema : AvroSchema
{
    internal UnionSchema(SchemaJson json, IReadOnlyList<AvroSchema> branches)
        : base(AvroType.Union, json) => Branches = branches;

    public IReadOnlyList<AvroSchema> Branches { get; }
}
