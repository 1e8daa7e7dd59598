namespace AuditIntel.Avro;

/// <summary>Which schemas stand for each other, and which primitive may be read as which ("Schema Resolution" in the specification).</summary>
internal static class SchemaMatch
{
    /// <summary>Equal unqualified names, or the reader names the writer among its aliases.</summary>
    public static bool SameName(NamedSchema writer, NamedSchema reader) =>
        writer.Name == reader.Name || reader.Aliases.Any(alias => alias == writer.FullName || alias == writer.Name);

    /// <summary>
    /// Whether two schemas, no unions, match as the specification has it: by type and name only, except that a decimal wants equal precision and
    /// scale and that a date or time wants its own unit.
    /// </summary>
    public static bool Matches(AvroSchema writer, AvroSchema reader) => (writer, reader) switch
    {
        (FixedSchema written, FixedSchema read) => written.Size == read.Size && SameName(written, read) && SameMeaning(writer, reader),
        (NamedSchema written, NamedSchema read) => written.Type == read.Type && SameName(written, read),
        (ArraySchema, ArraySchema) or (MapSchema, MapSchema) => true,
        (PrimitiveSchema, PrimitiveSchema) => Promotes(writer.Type, reader.Type) && SameMeaning(writer, reader),
        _ => false,
    };

    /// <summary>
    /// False for decimals of other precision or scale ("two decimals match if both match") and for dates and times of other units, whose numbers
    /// would be read as something else. A logical type may come and go: the number stays what it is.
    /// </summary>
    public static bool SameMeaning(AvroSchema writer, AvroSchema reader)
    {
        if (writer.Logical == LogicalType.None || reader.Logical == LogicalType.None)
        {
            return true;
        }

        return writer.Logical == reader.Logical && writer.Precision == reader.Precision && writer.Scale == reader.Scale;
    }

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
    /// The branch of the reader's union that reads a writer's schema, -1 when none does. The specification takes the first that matches; like Java's
    /// implementation this takes one of the same full name or type before one that promotes, and one that reads every value before one that only matches by name.
    /// </summary>
    public static int Branch(AvroSchema writer, UnionSchema reader)
    {
        int matching = -1;
        int promoting = -1;
        int same = -1;
        for (int i = 0; i < reader.Branches.Count; i++)
        {
            AvroSchema branch = reader.Branches[i];
            if (!Matches(writer, branch))
            {
                continue;
            }

            if (SchemaCompatibility.CanRead(branch, writer))
            {
                if (branch.Type != writer.Type)
                {
                    promoting = promoting < 0 ? i : promoting;
                }
                else if (branch is not NamedSchema named || named.FullName == ((NamedSchema)writer).FullName)
                {
                    return i;
                }
                else
                {
                    same = same < 0 ? i : same;
                }
            }

            matching = matching < 0 ? i : matching;
        }

        return same >= 0 ? same : promoting >= 0 ? promoting : matching;
    }
}
