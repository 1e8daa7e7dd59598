namespace AuditIntel.Avro;

/// <summary>A type that reads and writes itself in the binary encoding of its schema. The generator makes them from schemas/*.avsc.</summary>
public interface IAvroRecord<TSelf>
    where TSelf : IAvroRecord<TSelf>
{
    /// <summary>The schema that <see cref="Write"/> writes and <see cref="Read"/> expects.</summary>
    static abstract AvroSchema AvroSchema { get; }

    /// <summary>Writes the fields in the order of the schema.</summary>
    void Write(ref AvroWriter writer);

    /// <summary>Reads the fields in the order of the schema.</summary>
    /// <exception cref="AvroDataException">The bytes are no value of the schema.</exception>
    static abstract TSelf Read(ref AvroReader reader);
}
