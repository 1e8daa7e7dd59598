using System.Buffers.Binary;
using System.Globalization;

namespace AuditIntel.Intelligence.Transactions;

/// <summary>
/// A 20-byte account address as a value: no allocation, cheap to compare and to hash. The default value stands for "no account", as in the
/// receiver of a contract creation; the zero address of the chain is the same 20 bytes and is treated alike, since nobody holds its key.
/// </summary>
public readonly record struct AccountAddress : IComparable<AccountAddress>
{
    /// <summary>Bytes of an address.</summary>
    public const int Size = 20;

    private readonly ulong _high;
    private readonly ulong _middle;
    private readonly uint _low;

    private AccountAddress(ulong high, ulong middle, uint low) => (_high, _middle, _low) = (high, middle, low);

    public bool IsNone => _high == 0 && _middle == 0 && _low == 0;

    /// <summary>64 well-mixed bits of the address, the same on every machine and in every process: sketches and splits rest on it.</summary>
    public ulong StableHash => Mix(Mix(Mix(_high) ^ _middle) ^ _low);

    /// <param name="text">0x and 40 hexadecimal digits of either case.</param>
    /// <param name="address">The address, or the default value.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out AccountAddress address)
    {
        address = default;
        if (text.Length != 42 || text[0] != '0' || (text[1] | 0x20) != 'x')
        {
            return false;
        }

        if (!ulong.TryParse(text[2..18], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong high)
            || !ulong.TryParse(text[18..34], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong middle)
            || !uint.TryParse(text[34..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint low))
        {
            return false;
        }

        address = new AccountAddress(high, middle, low);
        return true;
    }

    /// <exception cref="FormatException">The text is not an address.</exception>
    public static AccountAddress Parse(ReadOnlySpan<char> text) => TryParse(text, out AccountAddress address)
        ? address
        : throw new FormatException($"'{text}' is not an address: 0x and 40 hexadecimal digits are expected.");

    /// <param name="bytes">The 20 bytes, big-endian as on the chain.</param>
    /// <exception cref="ArgumentException">There are not 20 bytes.</exception>
    public static AccountAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new AccountAddress(
            BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]))
        : throw new ArgumentException($"An address has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Writes the 20 bytes, big-endian as on the chain.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _middle);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _low);
    }

    public int CompareTo(AccountAddress other)
    {
        int order = _high.CompareTo(other._high);
        order = order != 0 ? order : _middle.CompareTo(other._middle);
        return order != 0 ? order : _low.CompareTo(other._low);
    }

    public override int GetHashCode() => (int)StableHash;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"0x{_high:x16}{_middle:x16}{_low:x8}");

    public static bool operator <(AccountAddress left, AccountAddress right) => left.CompareTo(right) < 0;

    public static bool operator >(AccountAddress left, AccountAddress right) => left.CompareTo(right) > 0;

    public static bool operator <=(AccountAddress left, AccountAddress right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AccountAddress left, AccountAddress right) => left.CompareTo(right) >= 0;

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
