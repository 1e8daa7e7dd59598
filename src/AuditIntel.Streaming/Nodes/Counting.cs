namespace AuditIntel.Streaming.Nodes;

/// <summary>How many values a key has.</summary>
internal sealed class Counting<TKey, TValue> : StreamAggregation<TKey, TValue, long>
{
    public override long Apply(TKey key, TValue value, bool exists, long result) => exists ? result + 1 : 1;
}
