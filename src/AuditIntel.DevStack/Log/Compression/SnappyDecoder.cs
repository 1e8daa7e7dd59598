using System.Buffers.Binary;

namespace AuditIntel.DevStack.Log.Compression;

/// <summary>
/// Snappy as Kafka's clients write it: one raw block (librdkafka), or the framing of xerial's snappy-java (the Java client). Block format:
/// google/snappy, format_description.txt.
/// </summary>
internal static class SnappyDecoder
{
    /// <summary>Magic 0x82 "SNAPPY" 0, then two 32-bit version numbers.</summary>
    private const int XerialHeaderSize = 16;

    private static ReadOnlySpan<byte> XerialMagic => [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0];

    /// <exception cref="InvalidDataException">The data is damaged or opens to more than the buffer may hold.</exception>
    public static void Expand(ReadOnlySpan<byte> source, ExpansionBuffer target)
    {
        if (!source.StartsWith(XerialMagic))
        {
            ExpandBlock(source, target);
            return;
        }

        for (var rest = Cut(source, XerialHeaderSize); rest.Length > 0;)
        {
            var length = rest.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32BigEndian(rest);
            if (length < 0 || length > rest.Length - sizeof(int))
            {
                throw new InvalidDataException($"A snappy block claims {length} bytes where {rest.Length} are left.");
            }

            ExpandBlock(rest.Slice(sizeof(int), length), target);
            rest = rest[(sizeof(int) + length)..];
        }
    }

    private static void ExpandBlock(ReadOnlySpan<byte> block, ExpansionBuffer target)
    {
        var expected = ReadLength(ref block);
        var start = target.Length;
        while (block.Length > 0)
        {
            var tag = block[0];
            block = block[1..];
            switch (tag & 3)
            {
                case 0:
                    var literal = tag >> 2;
                    if (literal >= 60)
                    {
                        literal = ReadLittle(ref block, literal - 59);
                    }

                    if (literal < 0 || literal >= block.Length)
                    {
                        throw new InvalidDataException("A snappy literal reaches past the end of the block.");
                    }

                    block[..(literal + 1)].CopyTo(target.Take(literal + 1));
                    block = block[(literal + 1)..];
                    break;
                case 1:
                    target.Repeat(((tag >> 5) << 8) | ReadLittle(ref block, 1), ((tag >> 2) & 7) + 4);
                    break;
                case 2:
                    target.Repeat(ReadLittle(ref block, 2), (tag >> 2) + 1);
                    break;
                default:
                    target.Repeat(ReadLittle(ref block, 4), (tag >> 2) + 1);
                    break;
            }
        }

        if (target.Length - start != expected)
        {
            throw new InvalidDataException($"A snappy block promises {expected} bytes and holds {target.Length - start}.");
        }
    }

    private static int ReadLength(ref ReadOnlySpan<byte> block)
    {
        ulong value = 0;
        for (var i = 0; i < 5 && i < block.Length; i++)
        {
            value |= (ulong)(block[i] & 0x7f) << (7 * i);
            if (block[i] < 0x80)
            {
                block = block[(i + 1)..];
                return value <= int.MaxValue ? (int)value : throw new InvalidDataException($"A snappy block promises {value} bytes.");
            }
        }

        throw new InvalidDataException("The length of a snappy block has no end.");
    }

    private static int ReadLittle(ref ReadOnlySpan<byte> block, int bytes)
    {
        var taken = block.Length >= bytes ? block[..bytes] : throw new InvalidDataException("A snappy block ends inside an element.");
        block = block[bytes..];
        var value = 0;
        for (var i = 0; i < bytes; i++)
        {
            value |= taken[i] << (8 * i);
        }

        return value;
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> source, int count) =>
        source.Length >= count ? source[count..] : throw new InvalidDataException("The data ends inside the header of the snappy framing.");
}
