using System.Globalization;

namespace AuditIntel.Topologies.Transactions.State;

/// <summary>A 32-byte hash by value: no allocation, cheap to compare. The default value stands for none.</summary>
internal readonly record struct HashValue(UInt128 High, UInt128 Low)
{
    private const int Digits = 32;

    /// <summary>Characters of the text form.</summary>
    public const int TextLength = 2 + (2 * Digits);

    public bool IsNone => High == UInt128.Zero && Low == UInt128.Zero;

    /// <param name="text">0x and 64 hexadecimal digits, lower case as everywhere in the contract: else one hash would have two ids.</param>
    /// <param name="hash">The hash, or the default value.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out HashValue hash)
    {
        hash = default;
        if (text.Length != TextLength
            || text[0] != '0'
            || text[1] != 'x'
            || text.ContainsAnyInRange('A', 'F')
            || !UInt128.TryParse(text.Slice(2, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 high)
            || !UInt128.TryParse(text[(2 + Digits)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 low))
        {
            return false;
        }

        hash = new HashValue(high, low);
        return true;
    }

    // The bits of a hash are mixed already.
    public override int GetHashCode() => (int)(ulong)Low;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"0x{High:x32}{Low:x32}");
}
