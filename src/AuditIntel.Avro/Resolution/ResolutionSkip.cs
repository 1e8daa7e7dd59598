namespace AuditIntel.Avro;

/// <summary>Steps over one value of a schema, checking it on the way.</summary>
internal sealed class ResolutionSkip(AvroSchema schema)
{
    public void Run(ref AvroReader reader) => Skip(schema, ref reader);

    private static void Skip(AvroSchema schema, ref AvroReader reader)
    {
        switch (schema)
        {
            case RecordSchema record:
                reader.EnterRecord();
                for (int i = 0; i < record.Fields.Count; i++)
                {
                    Skip(record.Fields[i].Schema, ref reader);
                }

                reader.LeaveRecord();
                break;
            case UnionSchema union:
                Skip(union.Branches[reader.ReadIndex(union.Branches.Count, "a union")], ref reader);
                break;
            case ArraySchema array:
                SkipBlocks(array.Items, keyed: false, ref reader);
                break;
            case MapSchema map:
                SkipBlocks(map.Values, keyed: true, ref reader);
                break;
            case EnumSchema symbols:
                reader.ReadIndex(symbols.Symbols.Count, symbols.FullName);
                break;
            case FixedSchema sized:
                reader.ReadFixed(sized.Size);
                break;
            default:
                SkipPrimitive(schema.Type, ref reader);
                break;
        }
    }

    private static void SkipBlocks(AvroSchema items, bool keyed, ref AvroReader reader)
    {
        int smallest = SmallestSize.Of(items) + (keyed ? 1 : 0);
        int count;
        while ((count = reader.ReadBlockCount(smallest)) > 0)
        {
            for (int i = 0; i < count; i++)
            {
                if (keyed)
                {
                    reader.ReadBytes();
                }

                Skip(items, ref reader);
            }
        }
    }

    private static void SkipPrimitive(AvroType type, ref AvroReader reader)
    {
        switch (type)
        {
            case AvroType.Null:
                break;
            case AvroType.Boolean:
                reader.ReadBoolean();
                break;
            case AvroType.Int:
                reader.ReadInt();
                break;
            case AvroType.Long:
                reader.ReadLong();
                break;
            case AvroType.Float:
                reader.ReadFixed(sizeof(float));
                break;
            case AvroType.Double:
                reader.ReadFixed(sizeof(double));
                break;
            default:
                reader.ReadBytes();
                break;
        }
    }
}
