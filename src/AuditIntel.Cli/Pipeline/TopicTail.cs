using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuditIntel.Avro;
using AuditIntel.Kafka;

namespace AuditIntel.Cli.Pipeline;

/// <summary>Prints records of a topic: Avro decoded with its writer's schema, anything else as text.</summary>
internal sealed class TopicTail(Stack stack, TextWriter output)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="InvalidOperationException">There is no such topic.</exception>
    public async Task PrintAsync(string topic, int count, bool follow, CancellationToken cancellationToken)
    {
        using var admin = new TopicAdmin(stack.Kafka);
        IReadOnlyList<OffsetRange> ranges = await admin.OffsetsAsync([topic], cancellationToken);
        if (ranges.Count == 0)
        {
            throw new InvalidOperationException($"There is no topic '{topic}'; 'auditintel topics' lists them.");
        }

        using var registry = new SchemaRegistryClient(stack.SchemaRegistry);
        using BatchConsumer consumer = BatchConsumer.Create(stack.Kafka, new BatchConsumerOptions());
        foreach (string line in LastLines(consumer, ranges, count, registry, cancellationToken))
        {
            await output.WriteLineAsync(line);
        }

        while (follow && !cancellationToken.IsCancellationRequested)
        {
            Print(consumer.Poll(TimeSpan.FromMilliseconds(100)), registry);
        }
    }

    private void Print(RecordBatch batch, SchemaRegistryClient registry)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            output.WriteLine(Line(batch[i], registry));
        }
    }

    /// <summary>
    /// The last records of every partition. Offsets count transaction markers and compacted records too, so reading begins further and further before the end
    /// until there are enough.
    /// </summary>
    private static List<string> LastLines(
        BatchConsumer consumer, IReadOnlyList<OffsetRange> ranges, int count, SchemaRegistryClient registry, CancellationToken cancellationToken)
    {
        for (long back = Math.Max(2L * count, 16); ; back *= 8)
        {
            Dictionary<int, Queue<string>> lines = ranges.ToDictionary(range => range.Partition.Partition, _ => new Queue<string>());
            consumer.Assign([.. ranges.Select(range => new PartitionOffset(range.Partition, Math.Max(range.Begin, range.End - back)))]);
            while (!cancellationToken.IsCancellationRequested && !ranges.All(range => consumer.IsAtEnd(range.Partition)))
            {
                RecordBatch batch = consumer.Poll(TimeSpan.FromMilliseconds(100));
                for (int i = 0; i < batch.Count; i++)
                {
                    Queue<string> last = lines[batch[i].Partition];
                    last.Enqueue(Line(batch[i], registry));
                    if (last.Count > count)
                    {
                        last.Dequeue();
                    }
                }
            }

            if (cancellationToken.IsCancellationRequested || ranges.All(range => lines[range.Partition.Partition].Count == count || range.End - back <= range.Begin))
            {
                return [.. lines.Values.SelectMany(each => each)];
            }
        }
    }

    private static string Line(ConsumedRecord record, SchemaRegistryClient registry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("partition", record.Partition);
            json.WriteNumber("offset", record.Offset);
            json.WriteString("timestamp", DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, record.TimestampMs)));
            json.WriteString("key", record.IsKeyNull ? null : Encoding.UTF8.GetString(record.Key));
            IReadOnlyList<RecordHeader> headers = record.Headers();
            if (headers.Count > 0)
            {
                json.WriteStartObject("headers");
                foreach (RecordHeader header in headers)
                {
                    json.WriteString(header.Name, header.Value is null ? null : Encoding.UTF8.GetString(header.Value));
                }

                json.WriteEndObject();
            }

            json.WritePropertyName("value");
            WriteValue(record, registry, json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(ConsumedRecord record, SchemaRegistryClient registry, Utf8JsonWriter json)
    {
        if (record.IsValueNull)
        {
            json.WriteNullValue();
            return;
        }

        // Decoded on the side, so that damage in the middle leaves no half object behind.
        var decoded = new ArrayBufferWriter<byte>();
        try
        {
            AvroSchema schema = registry.GetById(ConfluentWireFormat.ReadSchemaId(record.Value));
            var reader = new AvroReader(record.Value[ConfluentWireFormat.HeaderSize..]);
            using (var value = new Utf8JsonWriter(decoded, Readable))
            {
                AvroJson.Write(schema, ref reader, value);
            }

            json.WriteRawValue(decoded.WrittenSpan);
        }
        catch (AvroException)
        {
            json.WriteStringValue(Encoding.UTF8.GetString(record.Value));
        }
    }
}
