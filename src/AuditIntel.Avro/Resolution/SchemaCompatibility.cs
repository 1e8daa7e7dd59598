using System.Globalization;

namespace AuditIntel.Avro;

/// <summary>Whether data of one schema can be read with another ("Schema Resolution" in the specification of Avro 1.11).</summary>
public static class SchemaCompatibility
{
    /// <summary>True when every value of the writer's schema can be read with the reader's.</summary>
    public static bool CanRead(AvroSchema reader, AvroSchema writer) => Differences(reader, writer).Count == 0;

    /// <summary>Why values of the writer's schema cannot be read with the reader's, one sentence each; empty when they can.</summary>
    public static IReadOnlyList<string> Differences(AvroSchema reader, AvroSchema writer)
    {
        var differences = new List<string>();
        Compare(reader, writer, "", [], differences);
        return differences;
    }

    private static void Compare(
        AvroSchema reader, AvroSchema writer, string path, HashSet<(AvroSchema Reader, AvroSchema Writer)> visited, List<string> differences)
    {
        if (!visited.Add((reader, writer)))
        {
            return;
        }

        if (writer is UnionSchema written)
        {
            for (int i = 0; i < written.Branches.Count; i++)
            {
                Compare(reader, written.Branches[i], string.Create(CultureInfo.InvariantCulture, $"{path}/{i}"), visited, differences);
            }

            return;
        }

        if (reader is UnionSchema read)
        {
            if (!read.Branches.Any(branch => Reads(branch, writer, visited)))
            {
                differences.Add($"{Place(path)}: the reader's union has no branch for the writer's {Describe(writer)} (MISSING_UNION_BRANCH).");
            }

            return;
        }

        switch (reader, writer)
        {
            case (RecordSchema readRecord, RecordSchema writtenRecord) when SchemaMatch.SameName(writtenRecord, readRecord):
                foreach (RecordField field in readRecord.Fields)
                {
                    string at = $"{path}/{field.Name}";
                    RecordField? source = SchemaMatch.WriterField(writtenRecord, field);
                    if (source is not null)
                    {
                        Compare(field.Schema, source.Schema, at, visited, differences);
                    }
                    else if (field.Default is null)
                    {
                        differences.Add($"{Place(at)}: the writer lacks this field and the reader has no default for it (READER_FIELD_MISSING_DEFAULT_VALUE).");
                    }
                }

                break;
            case (EnumSchema readEnum, EnumSchema writtenEnum) when SchemaMatch.SameName(writtenEnum, readEnum):
                string[] missing = [.. writtenEnum.Symbols.Where(symbol => readEnum.IndexOf(symbol) < 0)];
                if (missing.Length > 0 && readEnum.DefaultSymbol is null)
                {
                    differences.Add($"{Place(path)}: the reader lacks the symbols {string.Join(", ", missing)} and has no default (MISSING_ENUM_SYMBOLS).");
                }

                break;
            case (FixedSchema readFixed, FixedSchema writtenFixed) when SchemaMatch.SameName(writtenFixed, readFixed):
                if (readFixed.Size != writtenFixed.Size)
                {
                    differences.Add($"{Place(path)}: sizes {readFixed.Size} and {writtenFixed.Size} differ (FIXED_SIZE_MISMATCH).");
                }

                CompareDecimal(reader, writer, path, differences);
                break;
            case (NamedSchema readNamed, NamedSchema writtenNamed) when readNamed.Type == writtenNamed.Type:
                differences.Add($"{Place(path)}: names {readNamed.FullName} and {writtenNamed.FullName} differ (NAME_MISMATCH).");
                break;
            case (ArraySchema readArray, ArraySchema writtenArray):
                Compare(readArray.Items, writtenArray.Items, path + "/items", visited, differences);
                break;
            case (MapSchema readMap, MapSchema writtenMap):
                Compare(readMap.Values, writtenMap.Values, path + "/values", visited, differences);
                break;
            case (PrimitiveSchema, PrimitiveSchema) when SchemaMatch.Promotes(writer.Type, reader.Type):
                CompareDecimal(reader, writer, path, differences);
                break;
            default:
                differences.Add($"{Place(path)}: a {Describe(writer)} cannot be read as {Describe(reader)} (TYPE_MISMATCH).");
                break;
        }
    }

    private static bool Reads(AvroSchema reader, AvroSchema writer, HashSet<(AvroSchema Reader, AvroSchema Writer)> visited)
    {
        var differences = new List<string>();
        Compare(reader, writer, "", [.. visited], differences);
        return differences.Count == 0;
    }

    private static void CompareDecimal(AvroSchema reader, AvroSchema writer, string path, List<string> differences)
    {
        if (reader.Logical == LogicalType.Decimal && writer.Logical == LogicalType.Decimal
            && (reader.Scale != writer.Scale || reader.Precision < writer.Precision))
        {
            differences.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{Place(path)}: decimal({writer.Precision},{writer.Scale}) cannot be read as decimal({reader.Precision},{reader.Scale}) (TYPE_MISMATCH)."));
        }
    }

    private static string Place(string path) => path.Length == 0 ? "/" : path;

    private static string Describe(AvroSchema schema) =>
        schema is NamedSchema named ? $"{CanonicalForm.PrimitiveName(schema.Type)} {named.FullName}" : CanonicalForm.PrimitiveName(schema.Type);
}
