using System.Globalization;
using System.Numerics;

namespace AuditIntel.Avro;

/// <summary>Decimals of any width as text.</summary>
public static class DecimalText
{
    /// <summary>Digits with a point before the last <paramref name="scale"/> ones: (12345, 2) is 123.45.</summary>
    public static string Of(BigInteger unscaled, int scale)
    {
        string digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string text = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}";
        return unscaled.Sign < 0 ? "-" + text : text;
    }
}
