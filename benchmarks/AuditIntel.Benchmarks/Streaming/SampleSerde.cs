using System.Buffers;
using System.Runtime.InteropServices;
using AuditIntel.Streaming;

namespace AuditIntel.Benchmarks.Streaming;

/// <summary>The bytes of a sample as they lie in memory.</summary>
internal sealed class SampleSerde : ISerde<Sample>
{
    public static SampleSerde Instance { get; } = new();

    public void Serialize(string topic, Sample value, IBufferWriter<byte> output)
    {
        MemoryMarshal.Write(output.GetSpan(Sample.Size), in value);
        output.Advance(Sample.Size);
    }

    public Sample Deserialize(string topic, ReadOnlySpan<byte> data) => MemoryMarshal.Read<Sample>(data);
}
