using System.Buffers;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming;

/// <summary>Fingerprint (16 bytes), whether there is a value (1), the value.</summary>
internal sealed class SubscriptionAnswerSerde<TForeign>(ISerde<TForeign> value) : ISerde<SubscriptionAnswer<TForeign>>
{
    public void Serialize(string topic, SubscriptionAnswer<TForeign> answer, IBufferWriter<byte> output)
    {
        FingerprintSerde.Instance.Serialize(topic, answer.Fingerprint, output);
        output.GetSpan(1)[0] = answer.HasValue ? (byte)1 : (byte)0;
        output.Advance(1);
        if (answer.HasValue)
        {
            value.Serialize(topic, answer.Value!, output);
        }
    }

    public SubscriptionAnswer<TForeign> Deserialize(string topic, ReadOnlySpan<byte> data)
    {
        bool hasValue = data[FingerprintSerde.Length] != 0;
        return new SubscriptionAnswer<TForeign>(
            FingerprintSerde.Instance.Deserialize(topic, data),
            hasValue,
            hasValue ? value.Deserialize(topic, data[(FingerprintSerde.Length + 1)..]) : default);
    }
}
