using System.Buffers.Binary;

namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>
/// The bytes of a <see cref="PairState"/> for a store with changelog. Version 1, little-endian, <see cref="Size"/> bytes: version (1 byte), count
/// (int32), last seen (int64, s), ether (float64).
/// </summary>
public static class PairStateCodec
{
    private const byte Version = 1;

    /// <summary>Bytes of a state.</summary>
    public const int Size = 1 + 4 + 8 + 8;

    /// <exception cref="ArgumentException">The destination is shorter than <see cref="Size"/>.</exception>
    public static void Write(in PairState state, Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            throw new ArgumentException($"A pair state takes {Size} bytes, the destination has {destination.Length}.", nameof(destination));
        }

        destination[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(destination[1..], state.Count);
        BinaryPrimitives.WriteInt64LittleEndian(destination[5..], state.LastSeen);
        BinaryPrimitives.WriteDoubleLittleEndian(destination[13..], state.Ether);
    }

    /// <exception cref="InvalidDataException">The bytes are no state of a version known here.</exception>
    public static PairState Read(ReadOnlySpan<byte> source) => source.Length == Size && source[0] == Version
        ? new PairState(
            BinaryPrimitives.ReadInt32LittleEndian(source[1..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[5..]),
            BinaryPrimitives.ReadDoubleLittleEndian(source[13..]))
        : throw new InvalidDataException($"A pair state has {Size} bytes and begins with version {Version}, not so these {source.Length}: rebuild the store from its input.");
}
