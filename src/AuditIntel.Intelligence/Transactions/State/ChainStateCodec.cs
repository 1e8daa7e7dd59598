using System.Buffers.Binary;

namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>
/// The bytes of a <see cref="ChainState"/> for a store with changelog. Version 1, little-endian, <see cref="Size"/> bytes: version (1 byte), count
/// (int64), log2 of the gas price (float64).
/// </summary>
public static class ChainStateCodec
{
    private const byte Version = 1;

    /// <summary>Bytes of a state.</summary>
    public const int Size = 1 + 8 + 8;

    /// <exception cref="ArgumentException">The destination is shorter than <see cref="Size"/>.</exception>
    public static void Write(in ChainState state, Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            throw new ArgumentException($"A chain state takes {Size} bytes, the destination has {destination.Length}.", nameof(destination));
        }

        destination[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(destination[1..], state.Count);
        BinaryPrimitives.WriteDoubleLittleEndian(destination[9..], state.GasPriceLog2);
    }

    /// <exception cref="InvalidDataException">The bytes are no state of a version known here.</exception>
    public static ChainState Read(ReadOnlySpan<byte> source) => source.Length == Size && source[0] == Version
        ? new ChainState(BinaryPrimitives.ReadInt64LittleEndian(source[1..]), BinaryPrimitives.ReadDoubleLittleEndian(source[9..]))
        : throw new InvalidDataException($"A chain state has {Size} bytes and begins with version {Version}, not so these {source.Length}: rebuild the store from its input.");
}
