using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AuditIntel.Collectors.Chain.Values;

/// <summary>Hashes, addresses and data: 0x and hex digits, of either case when read, of lower case afterwards.</summary>
internal static class ChainHex
{
    public const int HashLength = 66;
    public const int AddressLength = 42;

    /// <summary>Selector and first word.</summary>
    public const int HeadBytes = 36;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    public static bool IsHex(ReadOnlySpan<byte> digits) => !digits.ContainsAnyExcept(HexDigits);

    /// <summary>Reads 0x and hex digits of exactly that length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, int length, [NotNullWhen(true)] out string? value)
    {
        if (text.Length != length || !HasPrefix(text) || !IsHex(text[2..]))
        {
            value = null;
            return false;
        }

        value = string.Create(length, text, static (characters, bytes) => Ascii.ToLower(bytes, characters, out _));
        return true;
    }

    /// <summary>Reads data: its length and its first bytes.</summary>
    /// <param name="text">0x and hex digits, or nothing at all.</param>
    /// <param name="head">At most <see cref="HeadBytes"/>.</param>
    /// <param name="length">Bytes of the whole data.</param>
    public static bool TryReadData(ReadOnlySpan<byte> text, out byte[] head, out int length)
    {
        head = [];
        length = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (!HasPrefix(text) || (text.Length & 1) != 0 || !IsHex(text[2..]))
        {
            return false;
        }

        ReadOnlySpan<byte> digits = text[2..];
        length = digits.Length / 2;
        if (length > 0)
        {
            head = new byte[Math.Min(length, HeadBytes)];
            Convert.FromHexString(digits[..(head.Length * 2)], head, out _, out _);
        }

        return true;
    }

    private static bool HasPrefix(ReadOnlySpan<byte> text) => text.Length >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x';
}
