using System.Buffers;
using AuditIntel.Avro;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.Tests.Alerts;

/// <summary>Avro without a registry.</summary>
internal sealed class PlainAvroSerde<T> : ISerde<T>
    where T : IAvroRecord<T>
{
    public void Serialize(string topic, T value, IBufferWriter<byte> output)
    {
        var writer = new AvroWriter(output);
        value.Write(ref writer);
    }

    public T Deserialize(string topic, ReadOnlySpan<byte> data)
    {
        var reader = new AvroReader(data);
        return T.Read(ref reader);
    }
}
