using System.Globalization;
using System.Numerics;

namespace AuditIntel.Avro;

/// <summary>
/// A decimal of any width: <see cref="Unscaled"/> times ten to the power of minus <see cref="Scale"/>. Generated records have it where
/// <see cref="decimal"/> is too narrow (more than 28 digits), such as amounts in wei.
/// </summary>
/// <param name="Unscaled">All digits, without the point.</param>
/// <param name="Scale">Digits behind the point, 0 or more; the schema's scale, or fewer.</param>
public readonly record struct AvroDecimal(BigInteger Unscaled, int Scale) : IComparable<AvroDecimal>
{
    /// <summary>A whole number.</summary>
    public static implicit operator AvroDecimal(BigInteger value) => new(value, 0);

    /// <summary>A whole number.</summary>
    public static implicit operator AvroDecimal(long value) => new(value, 0);

    /// <exception cref="OverflowException">The number is beyond <see cref="decimal"/>.</exception>
    public static explicit operator decimal(AvroDecimal value) => (decimal)value.Unscaled / (decimal)BigInteger.Pow(10, value.Scale);

    /// <summary>Nearest double.</summary>
    public static explicit operator double(AvroDecimal value) => double.Parse(value.ToString(), CultureInfo.InvariantCulture);

    public static bool operator <(AvroDecimal left, AvroDecimal right) => left.CompareTo(right) < 0;

    public static bool operator >(AvroDecimal left, AvroDecimal right) => left.CompareTo(right) > 0;

    public static bool operator <=(AvroDecimal left, AvroDecimal right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AvroDecimal left, AvroDecimal right) => left.CompareTo(right) >= 0;

    /// <summary>Equal numbers are equal whatever their scales: 1.0 is 1.00.</summary>
    public bool Equals(AvroDecimal other) => CompareTo(other) == 0;

    public override int GetHashCode()
    {
        AvroDecimal shortest = this;
        while (shortest.Scale > 0 && shortest.Unscaled % 10 == 0)
        {
            shortest = new AvroDecimal(shortest.Unscaled / 10, shortest.Scale - 1);
        }

        return HashCode.Combine(shortest.Unscaled, shortest.Scale);
    }

    public int CompareTo(AvroDecimal other)
    {
        int scale = Math.Max(Scale, other.Scale);
        return Widen(scale).CompareTo(other.Widen(scale));
    }

    /// <summary>Digits with the point: 123.45.</summary>
    public override string ToString() => DecimalText.Of(Unscaled, Scale);

    /// <summary>The unscaled number at that scale.</summary>
    /// <exception cref="AvroException">Digits other than 0 would be lost.</exception>
    internal BigInteger AtScale(int scale)
    {
        if (scale >= Scale)
        {
            return Widen(scale);
        }

        BigInteger narrow = BigInteger.DivRem(Unscaled, BigInteger.Pow(10, Scale - scale), out BigInteger lost);
        return lost.IsZero ? narrow : throw new AvroException($"The decimal {this} has more than {scale} digits behind the point.");
    }

    private BigInteger Widen(int scale) => scale == Scale ? Unscaled : Unscaled * BigInteger.Pow(10, scale - Scale);
}
