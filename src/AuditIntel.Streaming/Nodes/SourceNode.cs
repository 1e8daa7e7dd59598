namespace AuditIntel.Streaming.Nodes;

/// <summary>Reads keys and values.</summary>
internal sealed class SourceNode<TKey, TValue>(ISerde<TKey> keySerde, ISerde<TValue> valueSerde, INode<TKey, TValue> next) : ISourceNode
{
    public void Process(in RawRecord raw)
    {
        TKey? key;
        TValue? value;
        try
        {
            key = raw.IsKeyNull ? default : keySerde.Deserialize(raw.Topic, raw.Key);
            value = raw.IsValueNull ? default : valueSerde.Deserialize(raw.Topic, raw.Value);
        }
        catch (Exception e)
        {
            throw new SourceDeserializationException(e);
        }

        next.Process(Record<TKey, TValue>.Of(key, !raw.IsKeyNull, value, !raw.IsValueNull, raw.TimestampMs, raw.Headers));
    }
}
