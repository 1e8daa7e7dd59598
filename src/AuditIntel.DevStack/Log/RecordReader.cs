namespace AuditIntel.DevStack.Log;

/// <summary>Walks the records of an uncompressed batch body.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> records)
{
    private readonly ReadOnlySpan<byte> _records = records;

    public int Position { get; private set; }

    /// <summary>Reads the next record; false at the end.</summary>
    /// <exception cref="InvalidDataException">A length inside the batch does not fit.</exception>
    public bool TryRead(out RecordView record)
    {
        record = default;
        if (Position >= _records.Length)
        {
            return false;
        }

        var start = Position;
        var length = (int)ReadVarlong();
        var end = Position + length;
        if (length < 0 || end > _records.Length)
        {
            throw new InvalidDataException($"The record at byte {start} of the batch claims {length} bytes.");
        }

        Position++;
        var timestampDelta = ReadVarlong();
        var offsetDelta = (int)ReadVarlong();
        var keyLength = (int)ReadVarlong();
        var key = Take(keyLength);
        var valueLength = (int)ReadVarlong();
        var value = Take(valueLength);
        record = new()
        {
            OffsetDelta = offsetDelta,
            TimestampDelta = timestampDelta,
            Key = key,
            Value = value,
            IsKeyNull = keyLength < 0,
            IsValueNull = valueLength < 0,
            Start = start,
            End = end,
        };
        Position = end;
        return true;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length <= 0)
        {
            return default;
        }

        if (length > _records.Length - Position)
        {
            throw new InvalidDataException($"The record at byte {Position} of the batch claims a field of {length} bytes.");
        }

        var taken = _records.Slice(Position, length);
        Position += length;
        return taken;
    }

    private long ReadVarlong()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70 && Position < _records.Length; shift += 7)
        {
            var next = _records[Position++];
            value |= (ulong)(next & 0x7f) << shift;
            if ((next & 0x80) == 0)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw new InvalidDataException($"The variable-length number before byte {Position} of the batch has no end.");
    }
}
