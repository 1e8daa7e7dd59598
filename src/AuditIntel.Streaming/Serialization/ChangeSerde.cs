using System.Buffers;
using System.Buffers.Binary;
using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming;

/// <summary>
/// A table's change on its way through a repartition topic: a byte that says which sides follow, the new value's length, the values. It keeps a buffer:
/// each task has its own.
/// </summary>
internal sealed class ChangeSerde<TValue>(ISerde<TValue> value) : ISerde<Change<TValue>>
{
    private const byte HasNew = 1;
    private const byte HasOld = 2;

    private readonly ArrayBufferWriter<byte> _scratch = new(256);

    public void Serialize(string topic, Change<TValue> change, IBufferWriter<byte> output)
    {
        _scratch.ResetWrittenCount();
        if (change.HasNew)
        {
            value.Serialize(topic, change.New!, _scratch);
        }

        int length = _scratch.WrittenCount;
        if (change.HasOld)
        {
            value.Serialize(topic, change.Old!, _scratch);
        }

        Span<byte> head = output.GetSpan(1 + sizeof(int));
        head[0] = (byte)((change.HasNew ? HasNew : 0) | (change.HasOld ? HasOld : 0));
        BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
        output.Advance(1 + sizeof(int));
        output.Write(_scratch.WrittenSpan);
    }

    public Change<TValue> Deserialize(string topic, ReadOnlySpan<byte> data)
    {
        const int Head = 1 + sizeof(int);
        int length = data.Length < Head ? -1 : BinaryPrimitives.ReadInt32BigEndian(data[1..]);
        if (length < 0 || length > data.Length - Head)
        {
            throw new FormatException($"A change of {data.Length} bytes in '{topic}' is cut off.");
        }

        bool hasNew = (data[0] & HasNew) != 0;
        bool hasOld = (data[0] & HasOld) != 0;
        return Change<TValue>.Of(
            hasNew ? value.Deserialize(topic, data.Slice(Head, length)) : default,
            hasNew,
            hasOld ? value.Deserialize(topic, data[(Head + length)..]) : default,
            hasOld);
    }
}
