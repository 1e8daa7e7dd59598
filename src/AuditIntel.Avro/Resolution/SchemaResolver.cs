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

    /// <summary>
    /// Compiles the pair. Branches and symbols that the reader lacks do not stand against it: only a value that uses them is refused. Whether all
    /// values can be read says <see cref="SchemaCompatibility"/>.
    /// </summary>
    /// <exception cref="AvroException">The reader can read no value of the writer's; the message says which fields stand against it.</exception>
    public static SchemaResolver Compile(AvroSchema writer, AvroSchema reader)
    {
        ResolutionStep root = new ResolutionCompiler().Compile(writer, reader);
        return root is RefuseStep refusal ? throw new AvroException(refusal.Reason) : new SchemaResolver(root);
    }

    /// <summary>Whether values of the writer's schema are values of the reader's as they are, byte for byte and in meaning.</summary>
    public static bool IsIdentity(AvroSchema writer, AvroSchema reader) =>
        CanonicalForm.Of(writer) == CanonicalForm.Of(reader) && SchemaCompatibility.CanRead(reader, writer);

    /// <summary>Rewrites one value.</summary>
    /// <exception cref="AvroDataException">The bytes are no value of the writer's schema.</exception>
    public void Resolve(ref AvroReader reader, ref AvroWriter writer) => _root.Run(ref reader, ref writer);
}
