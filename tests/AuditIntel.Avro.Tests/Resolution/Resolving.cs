using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AuditIntel.Avro.Tests.Resolution;

/// <summary>A value of one schema, read with another.</summary>
internal static class Resolving
{
    public static byte[] Encode(AvroSchema schema, object? value)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new AvroWriter(output);
        GenericDatum.Write(schema, value, ref writer);
        return output.WrittenSpan.ToArray();
    }

    public static GenericRecord Record(AvroSchema schema, params object?[] values)
    {
        var record = new GenericRecord((RecordSchema)schema);
        for (int i = 0; i < values.Length; i++)
        {
            record[i] = values[i];
        }

        return record;
    }

    /// <summary>The value as the reader's JSON.</summary>
    public static string Read(string writer, string reader, Func<AvroSchema, object?> value)
    {
        AvroSchema written = AvroSchema.Parse(writer);
        return Read(written, AvroSchema.Parse(reader), Encode(written, value(written)));
    }

    public static string Read(AvroSchema writer, AvroSchema reader, byte[] bytes)
    {
        var output = new ArrayBufferWriter<byte>();
        var input = new AvroReader(bytes);
        var transcoded = new AvroWriter(output);
        SchemaResolver.Compile(writer, reader).Resolve(ref input, ref transcoded);
        input.ExpectEnd();
        var result = new AvroReader(output.WrittenSpan);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            AvroJson.Write(reader, ref result, json);
        }

        result.ExpectEnd();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
