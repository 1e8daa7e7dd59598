using System.Buffers;
using System.Buffers.Binary;

namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>Numbers as the bytes of sketches hold them: hashes as four bytes, little-endian, lengths as one byte for each seven bits, lowest first.</summary>
internal static class PackedNumbers
{
    private const int MostLengthBytes = 5;

    public static void Write(IBufferWriter<byte> to, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to.GetSpan(sizeof(uint)), value);
        to.Advance(sizeof(uint));
    }

    public static uint Read(scoped ref ReadOnlySpan<byte> from) => BinaryPrimitives.ReadUInt32LittleEndian(Take(ref from, sizeof(uint)));

    /// <param name="to">Written to.</param>
    /// <param name="length">Not below 0.</param>
    public static void WriteLength(IBufferWriter<byte> to, int length)
    {
        Span<byte> span = to.GetSpan(MostLengthBytes);
        int count = 0;
        uint rest = (uint)length;
        for (; rest >= 0x80; rest >>= 7)
        {
            span[count++] = (byte)(rest | 0x80);
        }

        span[count++] = (byte)rest;
        to.Advance(count);
    }

    public static int ReadLength(scoped ref ReadOnlySpan<byte> from)
    {
        uint length = 0;
        for (int i = 0; i < MostLengthBytes; i++)
        {
            byte part = Take(ref from, 1)[0];
            length |= (uint)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                return length <= int.MaxValue ? (int)length : throw new FormatException($"A sketch claims a length of {length}: its bytes are damaged.");
            }
        }

        throw new FormatException("A sketch has a length of more than five bytes: it is damaged.");
    }

    /// <exception cref="FormatException">There are fewer bytes.</exception>
    public static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> from, int count)
    {
        if (count > from.Length)
        {
            throw new FormatException($"A sketch ends {count - from.Length} bytes too early: its bytes are cut off.");
        }

        ReadOnlySpan<byte> taken = from[..count];
        from = from[count..];
        return taken;
    }
}
