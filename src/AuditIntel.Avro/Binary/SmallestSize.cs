namespace AuditIntel.Avro;

/// <summary>Fewest bytes that a value of a schema takes: what a claimed item count is checked against.</summary>
public static class SmallestSize
{
    /// <summary>In bytes; a record that holds itself counts once.</summary>
    public static int Of(AvroSchema schema) => Of(schema, []);

    private static int Of(AvroSchema schema, HashSet<AvroSchema> open)
    {
        switch (schema)
        {
            case RecordSchema record:
                if (!open.Add(record))
                {
                    return 0;
                }

                int sum = 0;
                foreach (RecordField field in record.Fields)
                {
                    sum += Of(field.Schema, open);
                }

                open.Remove(record);
                return sum;
            case FixedSchema sized:
                return sized.Size;
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
