using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AuditIntel.Kafka;

namespace AuditIntel.Streaming.State;

/// <summary>
/// Time and timestamp (8 bytes each), then new value, old value and headers, each behind its length (4 bytes, -1 for none). It keeps a buffer: each task
/// has its own.
/// </summary>
internal sealed class BufferedChangeSerde<TValue>(ISerde<TValue> value) : ISerde<BufferedChange<TValue>>
{
    private readonly ArrayBufferWriter<byte> _scratch = new(256);

    public void Serialize(string topic, BufferedChange<TValue> change, IBufferWriter<byte> output)
    {
        Span<byte> head = output.GetSpan(2 * sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(head, change.TimeMs);
        BinaryPrimitives.WriteInt64BigEndian(head[sizeof(long)..], change.TimestampMs);
        output.Advance(2 * sizeof(long));
        WriteValue(topic, change.HasNew, change.New, output);
        WriteValue(topic, change.HasOld, change.Old, output);
        WriteLength(output, change.Headers.Count);
        foreach (RecordHeader header in change.Headers)
        {
            WriteBytes(Encoding.UTF8.GetBytes(header.Name), output);
            WriteBytes(header.Value, output);
        }
    }

    public BufferedChange<TValue> Deserialize(string topic, ReadOnlySpan<byte> data)
    {
        long time = BinaryPrimitives.ReadInt64BigEndian(data);
        long timestamp = BinaryPrimitives.ReadInt64BigEndian(data[sizeof(long)..]);
        ReadOnlySpan<byte> rest = data[(2 * sizeof(long))..];
        bool hasNew = ReadBytes(ref rest, out ReadOnlySpan<byte> bytes);
        TValue? now = hasNew ? value.Deserialize(topic, bytes) : default;
        bool hasOld = ReadBytes(ref rest, out bytes);
        TValue? old = hasOld ? value.Deserialize(topic, bytes) : default;
        int count = ReadLength(ref rest);
        var headers = new List<RecordHeader>();
        for (int i = 0; i < count; i++)
        {
            ReadBytes(ref rest, out ReadOnlySpan<byte> name);
            headers.Add(new RecordHeader(Encoding.UTF8.GetString(name), ReadBytes(ref rest, out bytes) ? bytes.ToArray() : null));
        }

        return new BufferedChange<TValue>(time, hasNew, now, hasOld, old, timestamp, headers);
    }

    private static void WriteLength(IBufferWriter<byte> output, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(sizeof(int)), length);
        output.Advance(sizeof(int));
    }

    private static void WriteBytes(byte[]? bytes, IBufferWriter<byte> output)
    {
        WriteLength(output, bytes?.Length ?? -1);
        output.Write(bytes ?? []);
    }

    private static int ReadLength(ref ReadOnlySpan<byte> rest)
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(rest);
        rest = rest[sizeof(int)..];
        return length;
    }

    private static bool ReadBytes(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> bytes)
    {
        int length = ReadLength(ref rest);
        bytes = length < 0 ? default : rest[..length];
        rest = rest[Math.Max(0, length)..];
        return length >= 0;
    }

    private void WriteValue(string topic, bool exists, TValue? content, IBufferWriter<byte> output)
    {
        if (!exists)
        {
            WriteLength(output, -1);
            return;
        }

        _scratch.ResetWrittenCount();
        value.Serialize(topic, content!, _scratch);
        WriteLength(output, _scratch.WrittenCount);
        output.Write(_scratch.WrittenSpan);
    }
}
