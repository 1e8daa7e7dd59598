using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using AuditIntel.Avro;

namespace AuditIntel.Collectors.Chain.Values;

/// <summary>
/// Whole numbers from 0, as nodes and files write them: 0x and hex digits (the quantities of the Ethereum JSON-RPC specification), or decimal
/// digits. Leading zeros, and <c>0x</c> for zero, are quirks of providers and let pass.
/// </summary>
internal static class ChainNumber
{
    /// <summary>Amounts are words of the EVM.</summary>
    private const int WordBits = 256;

    /// <summary>2^256 has 78 digits.</summary>
    private const int WordDigits = 78;

    private const int WordHexDigits = WordBits / 4;

    public static NumberFault ReadLong(ReadOnlySpan<byte> text, out long value)
    {
        NumberFault fault = Digits(ref text, out bool hex);
        value = 0;
        if (fault != NumberFault.None)
        {
            return fault;
        }

        bool whole = hex
            ? Utf8Parser.TryParse(text, out value, out int consumed, 'x')
            : Utf8Parser.TryParse(text, out value, out consumed);
        return (whole && consumed == text.Length && value >= 0, AreDigits(text, hex)) switch
        {
            (true, _) => NumberFault.None,
            (_, true) => NumberFault.OutOfRange,
            _ => NumberFault.Malformed,
        };
    }

    public static NumberFault ReadInt(ReadOnlySpan<byte> text, out int value)
    {
        NumberFault fault = ReadLong(text, out long wide);
        value = (int)wide;
        return fault == NumberFault.None && wide > int.MaxValue ? NumberFault.OutOfRange : fault;
    }

    /// <summary>An amount of at most 256 bits.</summary>
    public static NumberFault ReadWei(ReadOnlySpan<byte> text, out AvroDecimal value)
    {
        NumberFault fault = Digits(ref text, out bool hex);
        value = default;
        if (fault != NumberFault.None)
        {
            return fault;
        }

        if (!AreDigits(text, hex))
        {
            return NumberFault.Malformed;
        }

        if (text.Length > (hex ? WordHexDigits : WordDigits))
        {
            return NumberFault.OutOfRange;
        }

        BigInteger number = hex ? FromHex(text) : FromDecimal(text);
        if (number.GetBitLength() > WordBits)
        {
            return NumberFault.OutOfRange;
        }

        value = number;
        return NumberFault.None;
    }

    /// <summary>Leaves the digits alone, without the zeros that lead them.</summary>
    private static NumberFault Digits(ref ReadOnlySpan<byte> text, out bool hex)
    {
        hex = text.Length >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x';
        if (hex)
        {
            text = text[2..];
            if (text.IsEmpty)
            {
                text = "0"u8;
            }
        }
        else if (text.IsEmpty)
        {
            return NumberFault.Malformed;
        }
        else if (text[0] == '-')
        {
            return text.Length > 1 && (text[1] is >= (byte)'0' and <= (byte)'9') ? NumberFault.Negative : NumberFault.Malformed;
        }

        int zeros = text.IndexOfAnyExcept((byte)'0');
        text = zeros < 0 ? text[^1..] : text[zeros..];

        // The parsers below would take a sign.
        return text[0] is (byte)'+' or (byte)'-' ? NumberFault.Malformed : NumberFault.None;
    }

    private static bool AreDigits(ReadOnlySpan<byte> text, bool hex) =>
        hex ? ChainHex.IsHex(text) : !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static BigInteger FromDecimal(ReadOnlySpan<byte> digits)
    {
        if (Utf8Parser.TryParse(digits, out ulong small, out int consumed) && consumed == digits.Length)
        {
            return small;
        }

        Span<char> characters = stackalloc char[WordDigits];
        int length = Encoding.ASCII.GetChars(digits, characters);
        return UInt128.TryParse(characters[..length], NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 wide)
            ? wide
            : BigInteger.Parse(characters[..length], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static BigInteger FromHex(ReadOnlySpan<byte> digits)
    {
        if (digits.Length <= 16)
        {
            Utf8Parser.TryParse(digits, out ulong small, out _, 'x');
            return small;
        }

        Span<byte> padded = stackalloc byte[WordHexDigits];
        Span<byte> word = stackalloc byte[WordBits / 8];
        padded.Fill((byte)'0');
        digits.CopyTo(padded[(WordHexDigits - digits.Length)..]);
        Convert.FromHexString(padded, word, out _, out _);
        return new BigInteger(word, isUnsigned: true, isBigEndian: true);
    }
}
