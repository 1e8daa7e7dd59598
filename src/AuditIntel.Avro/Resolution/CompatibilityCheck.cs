using System.Globalization;

namespace AuditIntel.Avro;

/// <summary>One comparison of a reader's schema with a writer's.</summary>
internal sealed class CompatibilityCheck
{
    private readonly HashSet<(AvroSchema Reader, AvroSchema Writer)> _visited;
    private readonly HashSet<(AvroSchema Reader, AvroSchema Writer)> _refused;

    public CompatibilityCheck()
        : this([], [])
    {
    }

    private CompatibilityCheck(HashSet<(AvroSchema Reader, AvroSchema Writer)> visited, HashSet<(AvroSchema Reader, AvroSchema Writer)> refused)
    {
        _visited = visited;
        _refused = refused;
    }

    public List<string> Differences { get; } = [];

    public void Compare(AvroSchema reader, AvroSchema writer, string path)
    {
        // A pair that is being compared further up is taken to fit: if it does not, that is said there.
        if (!_visited.Add((reader, writer)))
        {
            return;
        }

        switch (reader, writer)
        {
            case (_, UnionSchema written):
                for (int i = 0; i < written.Branches.Count; i++)
                {
                    Compare(reader, written.Branches[i], string.Create(CultureInfo.InvariantCulture, $"{path}/{i}"));
                }

                break;
            case (UnionSchema read, _):
                if (!read.Branches.Any(branch => Reads(branch, writer)))
                {
                    Add(path, $"the reader's union has no branch for the writer's {Describe(writer)}", "MISSING_UNION_BRANCH");
                }

                break;
            case (RecordSchema readRecord, RecordSchema writtenRecord) when SchemaMatch.SameName(writtenRecord, readRecord):
                CompareFields(readRecord, writtenRecord, path);
                break;
            case (EnumSchema readEnum, EnumSchema writtenEnum) when SchemaMatch.SameName(writtenEnum, readEnum):
                string[] missing = [.. writtenEnum.Symbols.Where(symbol => readEnum.IndexOf(symbol) < 0)];
                if (missing.Length > 0 && readEnum.DefaultSymbol is null)
                {
                    Add(path, $"the reader lacks the symbols {string.Join(", ", missing)} and has no default", "MISSING_ENUM_SYMBOLS");
                }

                break;
            case (FixedSchema readFixed, FixedSchema writtenFixed) when SchemaMatch.SameName(writtenFixed, readFixed):
                if (readFixed.Size != writtenFixed.Size)
                {
                    Add(path, $"sizes {Text(readFixed.Size)} and {Text(writtenFixed.Size)} differ", "FIXED_SIZE_MISMATCH");
                }

                CompareMeaning(reader, writer, path);
                break;
            case (NamedSchema readNamed, NamedSchema writtenNamed) when readNamed.Type == writtenNamed.Type:
                Add(path, $"names {readNamed.FullName} and {writtenNamed.FullName} differ", "NAME_MISMATCH");
                break;
            case (ArraySchema readArray, ArraySchema writtenArray):
                Compare(readArray.Items, writtenArray.Items, path + "/items");
                break;
            case (MapSchema readMap, MapSchema writtenMap):
                Compare(readMap.Values, writtenMap.Values, path + "/values");
                break;
            case (PrimitiveSchema, PrimitiveSchema) when SchemaMatch.Promotes(writer.Type, reader.Type):
                CompareMeaning(reader, writer, path);
                break;
            default:
                Add(path, $"a {Describe(writer)} cannot be read as {Describe(reader)}", "TYPE_MISMATCH");
                break;
        }
    }

    private void CompareFields(RecordSchema reader, RecordSchema writer, string path)
    {
        foreach (RecordField field in reader.Fields)
        {
            string at = $"{path}/{field.Name}";
            RecordField? source = SchemaMatch.WriterField(writer, field);
            if (source is not null)
            {
                Compare(field.Schema, source.Schema, at);
            }
            else if (field.Default is null)
            {
                Add(at, "the writer lacks this field and the reader has no default for it", "READER_FIELD_MISSING_DEFAULT_VALUE");
            }
        }
    }

    /// <summary>
    /// Tries a branch aside. What it found to fit is kept, and so is a refusal, so that schemas whose records hold each other in many unions
    /// cost no more than their pairs.
    /// </summary>
    private bool Reads(AvroSchema reader, AvroSchema writer)
    {
        if (_refused.Contains((reader, writer)))
        {
            return false;
        }

        var trial = new CompatibilityCheck([.. _visited], _refused);
        trial.Compare(reader, writer, "");
        if (trial.Differences.Count > 0)
        {
            _refused.Add((reader, writer));
            return false;
        }

        _visited.UnionWith(trial._visited);
        return true;
    }

    private void CompareMeaning(AvroSchema reader, AvroSchema writer, string path)
    {
        if (!SchemaMatch.SameMeaning(writer, reader))
        {
            Add(path, $"a {Logical(writer)} cannot be read as {Logical(reader)}", "TYPE_MISMATCH");
        }
    }

    private void Add(string path, string reason, string code) => Differences.Add($"{(path.Length == 0 ? "/" : path)}: {reason} ({code}).");

    private static string Describe(AvroSchema schema) =>
        schema is NamedSchema named ? $"{CanonicalForm.PrimitiveName(schema.Type)} {named.FullName}" : CanonicalForm.PrimitiveName(schema.Type);

    private static string Logical(AvroSchema schema) =>
        schema.Logical == LogicalType.Decimal ? $"decimal({Text(schema.Precision)},{Text(schema.Scale)})" : schema.Json["logicalType"]!.Text;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
