using System.Buffers;
using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Writes records to a topic; the key's hash chooses the partition unless the user does.</summary>
internal sealed class SinkNode<TKey, TValue>(
    string? topic,
    Func<TKey?, TValue?, string>? route,
    Func<TKey?, TValue?, int>? partition,
    ISerde<TKey> keySerde,
    ISerde<TValue> valueSerde,
    TaskContext context) : INode<TKey, TValue>
{
    private readonly ArrayBufferWriter<byte> _key = new(256);
    private readonly ArrayBufferWriter<byte> _value = new(4096);

    public void Process(in Record<TKey, TValue> record)
    {
        string name = topic ?? route!(record.Key, record.Value);
        _key.ResetWrittenCount();
        _value.ResetWrittenCount();
        if (record.HasKey)
        {
            keySerde.Serialize(name, record.Key!, _key);
        }

        if (record.HasValue)
        {
            valueSerde.Serialize(name, record.Value!, _value);
        }

        context.Collector.Send(
            name,
            partition is null ? IRecordCollector.AnyPartition : partition(record.Key, record.Value),
            !record.HasKey,
            _key.WrittenSpan,
            !record.HasValue,
            _value.WrittenSpan,
            record.TimestampMs,
            record.Headers);
    }
}
