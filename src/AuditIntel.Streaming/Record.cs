using AuditIntel.Kafka;

namespace AuditIntel.Streaming;

/// <summary>A record on its way through a topology.</summary>
/// <param name="Key">Null when the record has none.</param>
/// <param name="Value">Null for a tombstone.</param>
/// <param name="TimestampMs">Event time, milliseconds since 1970.</param>
/// <param name="Headers">In order; empty for none.</param>
public readonly record struct Record<TKey, TValue>(TKey? Key, TValue? Value, long TimestampMs, IReadOnlyList<RecordHeader> Headers)
{
    public Record<TKey, TOther> WithValue<TOther>(TOther? value) => new(Key, value, TimestampMs, Headers);

    public Record<TOther, TValue> WithKey<TOther>(TOther? key) => new(key, Value, TimestampMs, Headers);
}
