using System.Runtime.InteropServices;

namespace AuditIntel.Kafka;

/// <summary>A record in the client's own memory: valid until the next poll of its consumer.</summary>
public readonly unsafe ref struct ConsumedRecord
{
    private readonly NativeMessage* _message;

    internal ConsumedRecord(NativeMessage* message, string topic)
    {
        _message = message;
        Topic = topic;
    }

    public string Topic { get; }

    public int Partition => _message->Partition;

    public long Offset => _message->Offset;

    public bool IsKeyNull => _message->Key is null;

    public ReadOnlySpan<byte> Key => new(_message->Key, (int)_message->KeyLength);

    /// <summary>A null value is a tombstone.</summary>
    public bool IsValueNull => _message->Payload is null;

    public ReadOnlySpan<byte> Value => new(_message->Payload, (int)_message->PayloadLength);

    /// <summary>Milliseconds since 1970; -1 when the record has no timestamp.</summary>
    public long TimestampMs => NativeMethods.rd_kafka_message_timestamp(_message, out _);

    /// <summary>The last header of this name, without copying anything.</summary>
    /// <param name="name">UTF-8, ended by a zero byte, as in <c>"traceparent\0"u8</c>.</param>
    /// <param name="value">The value's bytes, valid as long as the record; empty for a null value.</param>
    /// <exception cref="ArgumentException">The name does not end with a zero byte.</exception>
    public bool TryGetHeader(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        if (name.IsEmpty || name[^1] != 0)
        {
            throw new ArgumentException("A header name for a look-up ends with a zero byte.", nameof(name));
        }

        fixed (byte* nameBytes = name)
        {
            if (NativeMethods.rd_kafka_message_headers(_message, out nint headers) == NativeMethods.NoError
                && NativeMethods.rd_kafka_header_get_last(headers, nameBytes, out byte* bytes, out nuint size) == NativeMethods.NoError)
            {
                value = new ReadOnlySpan<byte>(bytes, (int)size);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Copies the headers out, in order; the shared empty list when there are none.</summary>
    public IReadOnlyList<RecordHeader> Headers()
    {
        if (NativeMethods.rd_kafka_message_headers(_message, out nint headers) != NativeMethods.NoError)
        {
            return [];
        }

        var list = new List<RecordHeader>();
        for (nuint i = 0; NativeMethods.rd_kafka_header_get_all(headers, i, out nint name, out nint value, out nuint size) == NativeMethods.NoError; i++)
        {
            byte[]? bytes = value == 0 ? null : new ReadOnlySpan<byte>((void*)value, (int)size).ToArray();
            list.Add(new RecordHeader(Marshal.PtrToStringUTF8(name) ?? "", bytes));
        }

        return list;
    }
}
