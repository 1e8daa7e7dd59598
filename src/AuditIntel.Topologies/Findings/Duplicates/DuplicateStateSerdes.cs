using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings.State;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.Findings.Duplicates;

/// <summary>Bytes of the stores' values, as they stand in the changelogs: a version, then little-endian numbers, then what is longest.</summary>
internal static class DuplicateStateSerdes
{
    private const byte Version = 1;

    public static ISerde<KnownFinding> Known(ISerde<FindingDuplicate> duplicates) => new KnownSerde(duplicates);

    public static ISerde<LogEntry> Log { get; } = new LogSerde();

    public static ISerde<LogHead> Heads { get; } = new HeadSerde();

    private static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> data, int least, string what) => data.Length >= least + 1 && data[0] == Version
        ? data[1..]
        : throw new InvalidDataException($"What is kept of a {what} begins with version {Version} and has {least + 1} bytes or more, not so these {data.Length}: reset the findings topology.");

    private sealed class KnownSerde(ISerde<FindingDuplicate> duplicates) : ISerde<KnownFinding>
    {
        private const int Fixed = 24;

        public void Serialize(string topic, KnownFinding value, IBufferWriter<byte> output)
        {
            Span<byte> span = output.GetSpan(1 + Fixed);
            span[0] = Version;
            BinaryPrimitives.WriteInt64LittleEndian(span[1..], value.Entry);
            BinaryPrimitives.WriteInt64LittleEndian(span[9..], value.Order);
            BinaryPrimitives.WriteUInt64LittleEndian(span[17..], value.Fingerprint);
            output.Advance(1 + Fixed);
            duplicates.Serialize(topic, value.Published, output);
        }

        public KnownFinding Deserialize(string topic, ReadOnlySpan<byte> data)
        {
            ReadOnlySpan<byte> body = Body(data, Fixed, "finding");
            return new KnownFinding(
                BinaryPrimitives.ReadInt64LittleEndian(body),
                BinaryPrimitives.ReadInt64LittleEndian(body[8..]),
                BinaryPrimitives.ReadUInt64LittleEndian(body[16..]),
                duplicates.Deserialize(topic, body[Fixed..]));
        }
    }

    private sealed class LogSerde : ISerde<LogEntry>
    {
        private const int Fixed = 10;

        public void Serialize(string topic, LogEntry value, IBufferWriter<byte> output)
        {
            int length = Encoding.UTF8.GetByteCount(value.Finding);
            Span<byte> span = output.GetSpan(1 + Fixed + length);
            span[0] = Version;
            BinaryPrimitives.WriteInt64LittleEndian(span[1..], value.Number);
            span[9] = value.Memo is null ? (byte)0 : (byte)1;
            span[10] = (byte)length;
            Encoding.UTF8.GetBytes(value.Finding, span[11..]);
            output.Advance(1 + Fixed + length);
            if (value.Memo is not null)
            {
                FindingMemoCodec.Write(value.Memo, output);
            }
        }

        public LogEntry Deserialize(string topic, ReadOnlySpan<byte> data)
        {
            ReadOnlySpan<byte> body = Body(data, Fixed, "contest's entry");
            long number = BinaryPrimitives.ReadInt64LittleEndian(body);
            ReadOnlySpan<byte> rest = body[(Fixed + body[9])..];
            return new LogEntry(number, Encoding.UTF8.GetString(body.Slice(Fixed, body[9])), body[8] == 0 ? null : FindingMemoCodec.Read(LogEntry.IdOf(number), ref rest));
        }
    }

    private sealed class HeadSerde : ISerde<LogHead>
    {
        private const int Fixed = 24;

        public void Serialize(string topic, LogHead value, IBufferWriter<byte> output)
        {
            Span<byte> span = output.GetSpan(1 + Fixed);
            span[0] = Version;
            BinaryPrimitives.WriteInt64LittleEndian(span[1..], value.Next);
            BinaryPrimitives.WriteInt32LittleEndian(span[9..], value.Entries);
            BinaryPrimitives.WriteInt32LittleEndian(span[13..], value.Outdated);
            BinaryPrimitives.WriteInt64LittleEndian(span[17..], value.Settled);
            output.Advance(1 + Fixed);
            Encoding.UTF8.GetBytes(value.Model, output);
        }

        public LogHead Deserialize(string topic, ReadOnlySpan<byte> data)
        {
            ReadOnlySpan<byte> body = Body(data, Fixed, "contest");
            return new LogHead(
                BinaryPrimitives.ReadInt64LittleEndian(body),
                BinaryPrimitives.ReadInt32LittleEndian(body[8..]),
                BinaryPrimitives.ReadInt32LittleEndian(body[12..]),
                BinaryPrimitives.ReadInt64LittleEndian(body[16..]),
                Encoding.UTF8.GetString(body[Fixed..]));
        }
    }
}
