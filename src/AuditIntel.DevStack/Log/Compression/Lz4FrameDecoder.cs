using System.Buffers.Binary;

namespace AuditIntel.DevStack.Log.Compression;

/// <summary>
/// LZ4 frames (lz4/lz4, doc/lz4_Frame_format.md and lz4_Block_format.md). Checksums inside the frame are stepped over: the batch has its own.
/// </summary>
internal static class Lz4FrameDecoder
{
    private const uint Magic = 0x184D2204;
    private const int MinimumMatch = 4;

    /// <exception cref="InvalidDataException">The data is damaged or opens to more than the buffer may hold.</exception>
    public static void Expand(ReadOnlySpan<byte> source, ExpansionBuffer target)
    {
        if (source.Length < 7 || BinaryPrimitives.ReadUInt32LittleEndian(source) != Magic)
        {
            throw new InvalidDataException("The data is not an LZ4 frame.");
        }

        var flags = source[4];
        var hasContentSize = (flags & 8) != 0;
        var hasBlockChecksums = (flags & 16) != 0;
        var hasDictionary = (flags & 1) != 0;
        if (flags >> 6 != 1 || hasDictionary)
        {
            throw new InvalidDataException($"LZ4 frames with the flags 0x{flags:x2} are not read: version 1 without dictionary is.");
        }

        var rest = Cut(source, 7 + (hasContentSize ? 8 : 0));
        while (true)
        {
            var size = rest.Length >= sizeof(uint)
                ? BinaryPrimitives.ReadUInt32LittleEndian(rest)
                : throw new InvalidDataException("The LZ4 frame has no end mark.");
            rest = rest[sizeof(uint)..];
            if (size == 0)
            {
                return;
            }

            var length = (int)(size & 0x7fffffff);
            if (length > rest.Length)
            {
                throw new InvalidDataException($"An LZ4 block claims {length} bytes where {rest.Length} are left.");
            }

            if ((size & 0x80000000) != 0)
            {
                rest[..length].CopyTo(target.Take(length));
            }
            else
            {
                ExpandBlock(rest[..length], target);
            }

            rest = Cut(rest, length + (hasBlockChecksums ? sizeof(uint) : 0));
        }
    }

    private static void ExpandBlock(ReadOnlySpan<byte> block, ExpansionBuffer target)
    {
        while (block.Length > 0)
        {
            var token = block[0];
            block = block[1..];
            var literals = ReadLength(token >> 4, ref block);
            if (literals > block.Length)
            {
                throw new InvalidDataException("An LZ4 literal reaches past the end of the block.");
            }

            block[..literals].CopyTo(target.Take(literals));
            block = block[literals..];
            if (block.Length == 0)
            {
                // The last sequence is literals only.
                return;
            }

            if (block.Length < sizeof(ushort))
            {
                throw new InvalidDataException("An LZ4 block ends inside a match.");
            }

            var distance = BinaryPrimitives.ReadUInt16LittleEndian(block);
            block = block[sizeof(ushort)..];
            target.Repeat(distance, ReadLength(token & 15, ref block) + MinimumMatch);
        }
    }

    private static int ReadLength(int nibble, ref ReadOnlySpan<byte> block)
    {
        if (nibble < 15)
        {
            return nibble;
        }

        var length = nibble;
        for (var i = 0; i < block.Length; i++)
        {
            length += block[i];
            if (length < 0)
            {
                break;
            }

            if (block[i] < 255)
            {
                block = block[(i + 1)..];
                return length;
            }
        }

        throw new InvalidDataException("A length in an LZ4 block has no end.");
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> source, int count) =>
        source.Length >= count ? source[count..] : throw new InvalidDataException("The LZ4 frame ends too early.");
}
