using System.Diagnostics.CodeAnalysis;
using System.Text;
using AuditIntel.Avro;

namespace AuditIntel.Collectors.Chain.Values;

/// <summary>Values of named fields; what cannot be read is thrown as a sentence about the field.</summary>
internal static class ChainField
{
    private const int ShownCharacters = 60;

    public static long Long(ReadOnlySpan<byte> text, string field)
    {
        NumberFault fault = ChainNumber.ReadLong(text, out long value);
        if (fault != NumberFault.None)
        {
            Fail(fault, text, field, "2^63 - 1");
        }

        return value;
    }

    public static int Int(ReadOnlySpan<byte> text, string field)
    {
        NumberFault fault = ChainNumber.ReadInt(text, out int value);
        if (fault != NumberFault.None)
        {
            Fail(fault, text, field, "2^31 - 1");
        }

        return value;
    }

    public static AvroDecimal Wei(ReadOnlySpan<byte> text, string field)
    {
        NumberFault fault = ChainNumber.ReadWei(text, out AvroDecimal value);
        if (fault != NumberFault.None)
        {
            Fail(fault, text, field, "2^256 - 1");
        }

        return value;
    }

    public static string Hash(ReadOnlySpan<byte> text, string field)
    {
        if (!ChainHex.TryRead(text, ChainHex.HashLength, out string? value))
        {
            FailHex(text, field, "0x and 64 hex digits");
        }

        return value;
    }

    public static string Address(ReadOnlySpan<byte> text, string field)
    {
        if (!ChainHex.TryRead(text, ChainHex.AddressLength, out string? value))
        {
            FailHex(text, field, "0x and 40 hex digits");
        }

        return value;
    }

    /// <summary>Null for an empty text and for a bare 0x, which some sources write on creation.</summary>
    public static string? OptionalAddress(ReadOnlySpan<byte> text, string field) =>
        text.IsEmpty || text.SequenceEqual("0x"u8) ? null : Address(text, field);

    public static byte[] Data(ReadOnlySpan<byte> text, string field, out int length)
    {
        if (!ChainHex.TryReadData(text, out byte[] head, out length))
        {
            FailHex(text, field, "0x and an even number of hex digits");
        }

        return head;
    }

    /// <param name="seconds">Since 1970.</param>
    /// <param name="latest">Later ones are refused.</param>
    public static DateTimeOffset Timestamp(long seconds, DateTimeOffset latest)
    {
        if (seconds > latest.ToUnixTimeSeconds())
        {
            throw new ChainFormatException(
                ChainError.FutureTimestamp, $"Timestamp {seconds} lies in the future, beyond {latest:u}; check the source's clock.");
        }

        return DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    [DoesNotReturn]
    public static void Missing(string field) => throw new ChainFormatException(ChainError.MissingField, $"Field {field} is missing.");

    [DoesNotReturn]
    private static void Fail(NumberFault fault, ReadOnlySpan<byte> text, string field, string most) => throw (fault switch
    {
        NumberFault.Negative => new ChainFormatException(ChainError.NegativeNumber, $"Field {field} is negative: '{Show(text)}'."),
        NumberFault.OutOfRange => new ChainFormatException(ChainError.NumberOutOfRange, $"Field {field} is beyond {most}: '{Show(text)}'."),
        _ when text.IsEmpty => new ChainFormatException(ChainError.MissingField, $"Field {field} is empty."),
        _ => new ChainFormatException(ChainError.BadNumber, $"Field {field} is no whole number: '{Show(text)}'."),
    });

    [DoesNotReturn]
    private static void FailHex(ReadOnlySpan<byte> text, string field, string expected) => throw new ChainFormatException(
        text.IsEmpty ? ChainError.MissingField : ChainError.BadHex,
        text.IsEmpty ? $"Field {field} is empty." : $"Field {field} is not {expected}: '{Show(text)}'.");

    private static string Show(ReadOnlySpan<byte> text) =>
        text.Length <= ShownCharacters ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..ShownCharacters]) + "...";
}
