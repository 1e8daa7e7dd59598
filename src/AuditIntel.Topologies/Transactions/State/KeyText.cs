using System.Buffers;
using System.Globalization;
using System.Text;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Transactions;

namespace AuditIntel.Topologies.Transactions.State;

/// <summary>The text form of the stores' keys: parts between slashes, readable wherever changelogs are looked at.</summary>
internal static class KeyText
{
    /// <summary>Room for the longest key: chain id and two addresses, or a hash.</summary>
    public const int Longest = 128;

    private const int AddressDigits = 2 * AccountAddress.Size;

    public static void Write(IBufferWriter<byte> output, long chainId, AccountAddress address, AccountAddress? other = null)
    {
        Span<byte> text = output.GetSpan(Longest);
        int length = Number(text, chainId);
        length += Address(text[length..], address);
        if (other is { } second)
        {
            length += Address(text[length..], second);
        }

        output.Advance(length);
    }

    public static void Write(IBufferWriter<byte> output, long chainId, HashValue hash)
    {
        Span<byte> text = output.GetSpan(Longest);
        int length = Number(text, chainId);
        length += Prefix(text[length..]);
        Span<byte> bytes = stackalloc byte[HashValue.Size];
        hash.CopyTo(bytes);
        Convert.TryToHexStringLower(bytes, text[length..], out int digits);
        output.Advance(length + digits);
    }

    /// <summary>The chain id, and what stands behind its slash.</summary>
    /// <exception cref="FormatException">There is no chain id in front of a slash.</exception>
    public static long ReadChain(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> rest)
    {
        int slash = key.IndexOf((byte)'/');
        if (slash <= 0 || !long.TryParse(key[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out long chainId))
        {
            throw new FormatException($"The key '{Encoding.UTF8.GetString(key)}' does not begin with a chain id and a slash, as in '1/0x...'.");
        }

        rest = key[(slash + 1)..];
        return chainId;
    }

    /// <exception cref="FormatException">The text is no address.</exception>
    public static AccountAddress ReadAddress(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[Longest];
        return text.Length <= Longest
            ? AccountAddress.Parse(characters[..Encoding.UTF8.GetChars(text, characters)])
            : throw new FormatException($"An address has {2 + AddressDigits} characters, not {text.Length}.");
    }

    /// <exception cref="FormatException">The text is no hash.</exception>
    public static HashValue ReadHash(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[HashValue.TextLength];
        return text.Length == HashValue.TextLength && HashValue.TryParse(characters[..Encoding.UTF8.GetChars(text, characters)], out HashValue hash)
            ? hash
            : throw new FormatException($"'{Encoding.UTF8.GetString(text)}' is no hash: 0x and 64 hexadecimal digits are expected.");
    }

    private static int Number(Span<byte> text, long chainId)
    {
        chainId.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        return length;
    }

    private static int Address(Span<byte> text, AccountAddress address)
    {
        Span<byte> bytes = stackalloc byte[AccountAddress.Size];
        address.CopyTo(bytes);
        int length = Prefix(text);
        Convert.TryToHexStringLower(bytes, text[length..], out int digits);
        return length + digits;
    }

    private static int Prefix(Span<byte> text)
    {
        "/0x"u8.CopyTo(text);
        return 3;
    }
}
