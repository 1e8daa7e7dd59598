namespace AuditIntel.Avro;

/// <summary>A symbol of an enum schema.</summary>
/// <param name="Schema">The enum.</param>
/// <param name="Symbol">One of its symbols.</param>
public sealed record GenericEnum(EnumSchema Schema, string Symbol);
