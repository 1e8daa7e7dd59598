namespace AuditIntel.Avro;

/// <summary>Which schemas stand for each other, and which primitive may be read as which ("Schema Resolution" in the specification).</summary>
internal static class SchemaMatch
{
    /// <summary>Equal unqualified names, or the reader names the writer among its aliases.</summary>
    public static bool SameName(NamedSchema writer, NamedSchema reader) =>
        writer.Name == reader.Name || reader.Aliases.Any(alias => alias == writer.FullName || alias == writer.Name);

    /// <summary>Whether a value of the writer's primitive may be read as the reader's, by promotion if need be.</summary>
    public static bool Promotes(AvroType writer, AvroType reader) => writer == reader || (writer, reader) switch
    {
        (AvroType.Int, AvroType.Long or AvroType.Float or AvroType.Double) => true,
        (AvroType.Long, AvroType.Float or AvroType.Double) => true,
        (AvroType.Float, AvroType.Double) => true,
        (AvroType.String, AvroType.Bytes) => true,
        (AvroType.Bytes, AvroType.String) => true,
        _ => false,
    };

    /// <summary>The writer's field that the reader's field reads, or null.</summary>
    public static RecordField? WriterField(RecordSchema writer, RecordField field)
    {
        RecordField? found = writer.Field(field.Name);
        for (int i = 0; found is null && i < field.Aliases.Count; i++)
        {
            found = writer.Field(field.Aliases[i]);
        }

        return found;
    }

    /// <summary>
    /// The branch of the reader's union that reads a writer's schema: one of the same type and name first, then the first that reads it
    /// at all; -1 when none does.
    /// </summary>
    public static int Branch(AvroSchema writer, UnionSchema reader)
    {
        for (int i = 0; i < reader.Branches.Count; i++)
        {
            AvroSchema branch = reader.Branches[i];
            if (branch.Type == writer.Type && (branch is not NamedSchema named || SameName((NamedSchema)writer, named))
                && SchemaCompatibility.CanRead(branch, writer))
            {
                return i;
            }
        }

        for (int i = 0; i < reader.Branches.Count; i++)
        {
            if (SchemaCompatibility.CanRead(reader.Branches[i], writer))
            {
                return i;
            }
        }

        return -1;
    }
}
