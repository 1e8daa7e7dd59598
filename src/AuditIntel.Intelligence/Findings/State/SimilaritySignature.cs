using System.Numerics;
using AuditIntel.Intelligence.Findings.Reading;
using AuditIntel.Intelligence.Findings.Similarity;

namespace AuditIntel.Intelligence.Findings.State;

/// <summary>
/// The terms of a text in 96 bytes, from which the share of terms that two texts have in common can be told: MinHash (Broder 1997), 16 bits a value (Li and
/// König 2010). Its bands (Leskovec, Rajaraman and Ullman 2014, section 3.4) are keys under which texts that resemble each other meet: of texts with 80 % of
/// their terms in common 99.8 % share one, with 60 % four in five, with 30 % one in ten. Immutable.
/// </summary>
public sealed class SimilaritySignature
{
    /// <summary>Keys of a text.</summary>
    public const int Bands = 12;

    private const int Rows = 4;
    private const int Values = Bands * Rows;
    private const int LeastTerms = 16;

    private readonly ushort[] _values;
    private readonly uint[] _bands;

    private SimilaritySignature(ushort[] values, uint[] bands) => (_values, _bands) = (values, bands);

    /// <value>Length of <see cref="Write"/>.</value>
    public static int Size => (Values * sizeof(ushort)) + (Bands * sizeof(uint));

    /// <value>The keys; the same place and the same number mean the same key.</value>
    public ReadOnlySpan<uint> BandKeys => _bands;

    /// <summary>The signature of a text, null for one that is too short to tell.</summary>
    public static SimilaritySignature? Of(FindingMemo memo)
    {
        FindingSketch sketch = memo.Sketch;
        if (sketch.Words.Length + sketch.Phrases.Length + sketch.Coded.Length < LeastTerms)
        {
            return null;
        }

        Span<uint> least = stackalloc uint[Values];
        least.Fill(uint.MaxValue);
        foreach (TermCounts terms in (ReadOnlySpan<TermCounts>)[sketch.Words, sketch.Phrases, sketch.Named, sketch.Coded])
        {
            foreach (uint term in terms.Terms)
            {
                for (int i = 0; i < Values; i++)
                {
                    least[i] = Math.Min(least[i], Hash(term, i));
                }
            }
        }

        ushort[] values = new ushort[Values];
        uint[] bands = new uint[Bands];
        for (int i = 0; i < Values; i++)
        {
            values[i] = (ushort)least[i];
            bands[i / Rows] = TermHash.Of(bands[i / Rows], least[i]);
        }

        return new SimilaritySignature(values, bands);
    }

    /// <summary>About the share of terms that two texts have in common, 0 to 1; standard error at most 0.07.</summary>
    public double Resemblance(SimilaritySignature other)
    {
        int same = 0;
        for (int i = 0; i < Values; i++)
        {
            same += _values[i] == other._values[i] ? 1 : 0;
        }

        return (double)same / Values;
    }

    /// <summary>The first key that two texts share, -1 for none: the place where a pair that meets several times is told once.</summary>
    public int FirstShared(SimilaritySignature other)
    {
        for (int band = 0; band < Bands; band++)
        {
            if (_bands[band] == other._bands[band])
            {
                return band;
            }
        }

        return -1;
    }

    /// <param name="to">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> to)
    {
        for (int i = 0; i < Values; i++)
        {
            BitConverter.TryWriteBytes(to[(i * sizeof(ushort))..], _values[i]);
        }

        for (int i = 0; i < Bands; i++)
        {
            BitConverter.TryWriteBytes(to[((Values * sizeof(ushort)) + (i * sizeof(uint)))..], _bands[i]);
        }
    }

    /// <exception cref="FormatException">There are fewer bytes than <see cref="Size"/>.</exception>
    public static SimilaritySignature Read(ReadOnlySpan<byte> from)
    {
        if (from.Length < Size)
        {
            throw new FormatException($"A signature has {Size} bytes, not {from.Length}.");
        }

        ushort[] values = new ushort[Values];
        uint[] bands = new uint[Bands];
        for (int i = 0; i < Values; i++)
        {
            values[i] = BitConverter.ToUInt16(from[(i * sizeof(ushort))..]);
        }

        for (int i = 0; i < Bands; i++)
        {
            bands[i] = BitConverter.ToUInt32(from[((Values * sizeof(ushort)) + (i * sizeof(uint)))..]);
        }

        return new SimilaritySignature(values, bands);
    }

    // Multiply-shift (Dietzfelbinger et al. 1997) with odd multipliers from the golden ratio's sequence.
    private static uint Hash(uint term, int i)
    {
        ulong multiplier = (BitOperations.RotateLeft(0x9E3779B97F4A7C15UL * (ulong)(i + 1), 17) * 0xBF58476D1CE4E5B9UL) | 1;
        return (uint)((multiplier * (term + 0x632BE59BD9B4E019UL)) >> 32);
    }
}
