using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace AuditIntel.Contracts;

/// <summary>A 32-byte hash by value: no allocation, cheap to compare. The default value stands for none.</summary>
public readonly record struct HashValue(UInt128 High, UInt128 Low)
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    /// <summary>Characters of the text form.</summary>
    public const int TextLength = 2 + (2 * Size);

    /// <summary>True for the default value.</summary>
    public bool IsNone => High == UInt128.Zero && Low == UInt128.Zero;

    /// <param name="text">0x and 64 hexadecimal digits, lower case as everywhere in the contract: else one hash would have two ids.</param>
    /// <param name="hash">The hash, or the default value.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out HashValue hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length != TextLength
            || text[0] != '0'
            || text[1] != 'x'
            || text.ContainsAnyInRange('A', 'F')
            || Convert.FromHexString(text[2..], bytes, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        hash = new HashValue(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[(Size / 2)..]));
        return true;
    }

    /// <summary>The hash of a text; none of null.</summary>
    /// <exception cref="FormatException">There is a text, and it is no hash.</exception>
    public static HashValue ParseOrNone(string? text) =>
        text is null ? default : TryParse(text, out HashValue hash) ? hash : throw new FormatException($"'{text}' is no hash: 0x and 64 hexadecimal digits in lower case are expected.");

    /// <summary>Writes the 32 bytes, big-endian as on the chain.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[(Size / 2)..], Low);
    }

    // The bits of a hash are mixed already.
    public override int GetHashCode() => (int)(ulong)Low;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"0x{High:x32}{Low:x32}");
}
