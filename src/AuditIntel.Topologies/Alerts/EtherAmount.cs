using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace AuditIntel.Topologies.Alerts;

/// <summary>Amounts of a chain's own coin, as people write them. 1 ether is 10^18 wei on every chain here, whatever the coin is called.</summary>
internal static class EtherAmount
{
    private const int EtherDigits = 18;

    private static readonly SearchValues<char> NumberLetters = SearchValues.Create("0123456789.");
    private static readonly BigInteger Largest = BigInteger.Pow(2, 256) - 1;

    /// <param name="text">A decimal number and wei, gwei or ether: <c>0.5 ether</c>.</param>
    /// <param name="wei">The amount.</param>
    /// <returns>False for anything else, for parts of a wei and for more than 256 bits.</returns>
    public static bool TryParse(string text, out BigInteger wei)
    {
        wei = default;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        int end = rest.IndexOfAnyExcept(NumberLetters);
        if (end <= 0)
        {
            return false;
        }

        ReadOnlySpan<char> number = rest[..end];
        int digits = rest[end..].Trim() switch { "ether" => EtherDigits, "gwei" => 9, "wei" => 0, _ => -1 };
        int point = number.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? number : number[..point];
        ReadOnlySpan<char> part = point < 0 ? [] : number[(point + 1)..].TrimEnd('0');
        if (digits < 0 || whole.Length is 0 or > 78 || part.Length > digits || part.Contains('.') || (point >= 0 && point == number.Length - 1))
        {
            return false;
        }

        wei = BigInteger.Parse(string.Concat(whole, part), NumberStyles.None, CultureInfo.InvariantCulture) * BigInteger.Pow(10, digits - part.Length);
        return wei <= Largest;
    }

    /// <summary>Exact, in ether: <c>12.5 ether</c>; below a millionth of one, in wei.</summary>
    public static string Text(BigInteger wei)
    {
        if (!wei.IsZero && BigInteger.Abs(wei) < BigInteger.Pow(10, 12))
        {
            return wei.ToString(CultureInfo.InvariantCulture) + " wei";
        }

        (BigInteger whole, BigInteger part) = BigInteger.DivRem(wei, BigInteger.Pow(10, EtherDigits));
        string fraction = BigInteger.Abs(part).ToString("D18", CultureInfo.InvariantCulture).TrimEnd('0');
        return whole.ToString(CultureInfo.InvariantCulture) + (fraction.Length > 0 ? "." + fraction : "") + " ether";
    }
}
