namespace AuditIntel.Avro.Tests.Registry;

/// <summary>What the generator would make of a record with a number and a name that has a default.</summary>
internal sealed record Reading : IAvroRecord<Reading>
{
    public static AvroSchema AvroSchema { get; } = AvroSchema.Parse(
        """{"type":"record","name":"Reading","fields":[{"name":"number","type":"long"},{"name":"name","type":"string","default":"none"}]}""");

    public required long Number { get; init; }

    public string Name { get; init; } = "none";

    public static Reading Read(ref AvroReader reader) => new() { Number = reader.ReadLong(), Name = reader.ReadString() };

    public void Write(ref AvroWriter writer)
    {
        writer.WriteLong(Number);
        writer.WriteString(Name);
    }
}
