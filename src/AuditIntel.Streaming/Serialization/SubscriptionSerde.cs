using System.Buffers;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>Kind (1 byte), fingerprint (16), key.</summary>
internal sealed class SubscriptionSerde<TKey>(ISerde<TKey> key) : ISerde<Subscription<TKey>>
{
    public void Serialize(string topic, Subscription<TKey> value, IBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = (byte)value.Kind;
        output.Advance(1);
        FingerprintSerde.Instance.Serialize(topic, value.Fingerprint, output);
        key.Serialize(topic, value.Key, output);
    }

    public Subscription<TKey> Deserialize(string topic, ReadOnlySpan<byte> data) => new(
        (SubscriptionKind)data[0],
        FingerprintSerde.Instance.Deserialize(topic, data[1..]),
        key.Deserialize(topic, data[(1 + FingerprintSerde.Length)..]));
}
