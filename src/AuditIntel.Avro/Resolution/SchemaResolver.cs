namespace AuditIntel.Avro;

/// <summary>
/// Turns values of a writer's schema into values of a reader's, as "Schema Resolution" in the specification of Avro 1.11 has it: promotions,
/// aliases, defaults, unions, reordered and dropped fields. It rewrites the bytes, so that one direct reader of the reader's schema serves
/// every writer. Compiled once for a pair of schemas; safe for concurrent use.
/// </summary>
public sealed class SchemaResolver
{
    private readonly ResolutionStep _root;

    private SchemaResolver(ResolutionStep root) => _root = root;

    /// <exception cref="AvroException">The reader cannot read the writer's values; the message says which fields stand against it.</exception>
    public static SchemaResolver Compile(AvroSchema writer, AvroSchema reader)
    {
        IReadOnlyList<string> differences = SchemaCompatibility.Differences(reader, writer);
        return differences.Count > 0
            ? throw new AvroException($"The schemas do not resolve: {string.Join(' ', differences)}")
            : new SchemaResolver(new ResolutionCompiler().Compile(writer, reader));
    }

    /// <summary>Rewrites one value.</summary>
    /// <exception cref="AvroDataException">The bytes are no value of the writer's schema.</exception>
    public void Resolve(ref AvroReader reader, ref AvroWriter writer) => _root.Run(ref reader, ref writer);
}
