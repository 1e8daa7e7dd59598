using AuditIntel.Kafka;

namespace AuditIntel.Streaming;

/// <summary>A record on its way through a topology.</summary>
/// <param name="Key">Null when the record has none; <c>default</c> where the type has no null.</param>
/// <param name="Value">Null for a tombstone; <c>default</c> where the type has no null.</param>
/// <param name="TimestampMs">Event time, milliseconds since 1970.</param>
/// <param name="Headers">In order; empty for none.</param>
public readonly record struct Record<TKey, TValue>(TKey? Key, TValue? Value, long TimestampMs, IReadOnlyList<RecordHeader> Headers)
{
    private readonly bool _isKeyAbsent;
    private readonly bool _isValueAbsent;

    private Record(TKey? key, bool isKeyAbsent, TValue? value, bool isValueAbsent, long timestampMs, IReadOnlyList<RecordHeader> headers)
        : this(key, value, timestampMs, headers)
    {
        _isKeyAbsent = isKeyAbsent;
        _isValueAbsent = isValueAbsent;
    }

    /// <summary>Whether there is a key; tells a missing number from zero.</summary>
    public bool HasKey => Key is not null && !_isKeyAbsent;

    /// <summary>Whether there is a value: false for a tombstone; tells a missing number from zero.</summary>
    public bool HasValue => Value is not null && !_isValueAbsent;

    public Record<TKey, TOther> WithValue<TOther>(TOther? value) => new(Key, _isKeyAbsent, value, false, TimestampMs, Headers);

    public Record<TOther, TValue> WithKey<TOther>(TOther? key) => new(key, false, Value, _isValueAbsent, TimestampMs, Headers);

    public Record<TKey, TValue> WithTimestamp(long timestampMs) => new(Key, _isKeyAbsent, Value, _isValueAbsent, timestampMs, Headers);

    /// <summary>The record as a tombstone.</summary>
    public Record<TKey, TOther> WithoutValue<TOther>() => new(Key, _isKeyAbsent, default, true, TimestampMs, Headers);

    /// <summary>A record whose key and value may be absent though their types have no null.</summary>
    internal static Record<TKey, TValue> Of(
        TKey? key, bool hasKey, TValue? value, bool hasValue, long timestampMs, IReadOnlyList<RecordHeader> headers) =>
        new(key, !hasKey, value, !hasValue, timestampMs, headers);
}
