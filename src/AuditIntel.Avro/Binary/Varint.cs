namespace AuditIntel.Avro;

/// <summary>Variable-length zig-zag numbers ("Binary Encoding: int and long are written using variable-length zig-zag coding").</summary>
internal static class Varint
{
    /// <summary>Longest encoding of 64 bits, in bytes.</summary>
    public const int LongestLength = 10;

    private const int LastShift = 63;

    public static VarintStatus TryRead(ReadOnlySpan<byte> data, out ulong value, out int length)
    {
        value = 0;
        length = 0;
        for (int shift = 0; length < data.Length; shift += 7)
        {
            byte part = data[length++];
            if (shift == LastShift && part > 1)
            {
                return VarintStatus.TooLong;
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return VarintStatus.Complete;
            }
        }

        return VarintStatus.CutOff;
    }

    /// <summary>Writes into a span of at least <see cref="LongestLength"/> bytes; the number of bytes written.</summary>
    public static int Write(Span<byte> output, long value)
    {
        ulong rest = (ulong)((value << 1) ^ (value >> 63));
        int length = 0;
        while (rest >= 0x80)
        {
            output[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        output[length++] = (byte)rest;
        return length;
    }

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
