using AuditIntel.Streaming.Runtime;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Writes records to a topic; the key's hash chooses the partition.</summary>
internal sealed class SinkNode<TKey, TValue>(string topic, ISerde<TKey> keySerde, ISerde<TValue> valueSerde, TaskContext context) : INode<TKey, TValue>
{
    private readonly System.Buffers.ArrayBufferWriter<byte> _key = new(256);
    private readonly System.Buffers.ArrayBufferWriter<byte> _value = new(4096);

    public void Process(in Record<TKey, TValue> record)
    {
        _key.ResetWrittenCount();
        _value.ResetWrittenCount();
        if (record.HasKey)
        {
            keySerde.Serialize(topic, record.Key!, _key);
        }

        if (record.HasValue)
        {
            valueSerde.Serialize(topic, record.Value!, _value);
        }

        context.Collector.Send(
            topic,
            IRecordCollector.AnyPartition,
            !record.HasKey,
            _key.WrittenSpan,
            !record.HasValue,
            _value.WrittenSpan,
            record.TimestampMs,
            record.Headers);
    }
}
