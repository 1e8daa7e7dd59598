using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.Trends;

/// <summary>Version 1: the version, the time (int64, little-endian), the cell's key in UTF-8.</summary>
internal sealed class CountedFindingSerde : ISerde<CountedFinding>
{
    private const byte Version = 1;
    private const int Fixed = 9;

    public void Serialize(string topic, CountedFinding value, IBufferWriter<byte> output)
    {
        Span<byte> span = output.GetSpan(Fixed);
        span[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], value.CollectedAtMs);
        output.Advance(Fixed);
        Encoding.UTF8.GetBytes(value.Cell, output);
    }

    public CountedFinding Deserialize(string topic, ReadOnlySpan<byte> data) => data.Length >= Fixed && data[0] == Version
        ? new CountedFinding(BinaryPrimitives.ReadInt64LittleEndian(data[1..]), Encoding.UTF8.GetString(data[Fixed..]))
        : throw new InvalidDataException($"What is counted of a finding begins with version {Version} and has {Fixed} bytes or more, not so these {data.Length}: reset the trends topology.");
}
