namespace AuditIntel.Avro;

/// <summary>Fewest bytes that a value of a schema takes: what a claimed item count is checked against.</summary>
public static class SmallestSize
{
    /// <summary>Sums stop here; a greater lower bound would not refuse more.</summary>
    private const int Enough = 1 << 20;

    /// <summary>In bytes; a record that holds itself counts once.</summary>
    public static int Of(AvroSchema schema) => Of(schema, new Dictionary<RecordSchema, int>());

    private static int Of(AvroSchema schema, Dictionary<RecordSchema, int> records)
    {
        switch (schema)
        {
            case RecordSchema record:
                if (records.TryGetValue(record, out int known))
                {
                    return known;
                }

                records[record] = 0;
                int sum = 0;
                foreach (RecordField field in record.Fields)
                {
                    sum = Math.Min(Enough, sum + Of(field.Schema, records));
                }

                records[record] = sum;
                return sum;
            case FixedSchema sized:
                return Math.Min(Enough, sized.Size);
            default:
                return schema.Type switch
                {
                    AvroType.Null => 0,
                    AvroType.Float => sizeof(float),
                    AvroType.Double => sizeof(double),
                    _ => 1,
                };
        }
    }
}
