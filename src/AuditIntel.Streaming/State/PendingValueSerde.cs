using System.Buffers;

namespace AuditIntel.Streaming.State;

/// <summary>Side (1 byte), then the user's value.</summary>
internal sealed class PendingValueSerde<TLeft, TRight>(ISerde<TLeft> left, ISerde<TRight> right) : ISerde<PendingValue<TLeft, TRight>>
{
    public void Serialize(string topic, PendingValue<TLeft, TRight> value, IBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = value.IsLeft ? (byte)1 : (byte)0;
        output.Advance(1);
        if (value.IsLeft)
        {
            left.Serialize(topic, value.Left!, output);
        }
        else
        {
            right.Serialize(topic, value.Right!, output);
        }
    }

    public PendingValue<TLeft, TRight> Deserialize(string topic, ReadOnlySpan<byte> data) => data[0] != 0
        ? new PendingValue<TLeft, TRight>(true, left.Deserialize(topic, data[1..]), default)
        : new PendingValue<TLeft, TRight>(false, default, right.Deserialize(topic, data[1..]));
}
