using System.Buffers;
using AuditIntel.Avro;

namespace AuditIntel.Contracts.Tests.Records;

/// <summary>Encoded random values of a schema, logical types within their ranges.</summary>
internal static class RandomRecord
{
    public static byte[] Encode(AvroSchema schema, int seed)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        GenericDatum.Write(schema, Value(schema, new Random(seed)), ref writer);
        return output.WrittenSpan.ToArray();
    }

    private static object? Value(AvroSchema schema, Random random)
    {
        switch (schema)
        {
            case RecordSchema record:
                var value = new GenericRecord(record);
                for (int i = 0; i < record.Fields.Count; i++)
                {
                    value[i] = Value(record.Fields[i].Schema, random);
                }

                return value;
            case UnionSchema union:
                return Value(union.Branches[random.Next(union.Branches.Count)], random);
            case EnumSchema symbols:
                return new GenericEnum(symbols, symbols.Symbols[random.Next(symbols.Symbols.Count)]);
            case ArraySchema array:
                return Enumerable.Range(0, random.Next(4)).Select(_ => Value(array.Items, random)).ToList();
        }

        return (schema.Type, schema.Logical) switch
        {
            (AvroType.Null, _) => null,
            (AvroType.Boolean, _) => random.Next(2) == 1,
            (AvroType.Int, LogicalType.Date) => random.Next(-700_000, 2_900_000),
            (AvroType.Int, LogicalType.None) => random.Next(int.MinValue, int.MaxValue),
            (AvroType.Long, LogicalType.TimestampMillis) => random.NextInt64(-62_135_596_800_000, 253_402_300_799_999),
            (AvroType.Long, LogicalType.None) => random.NextInt64(),
            (AvroType.Double, _) => random.NextDouble(),
            (AvroType.Bytes, LogicalType.Decimal) => new byte[] { (byte)random.Next(1, 127), (byte)random.Next(256), (byte)random.Next(256) },
            (AvroType.Bytes, LogicalType.None) => new byte[random.Next(50)],
            (AvroType.String, LogicalType.None) => new string((char)random.Next('a', 0x2000), random.Next(200)),
            _ => throw new NotSupportedException(schema.ToString()),
        };
    }
}
