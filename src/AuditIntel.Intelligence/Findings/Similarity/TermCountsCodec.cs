using System.Buffers;
using System.Buffers.Binary;

namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>
/// Lists of terms as bytes: four a term, and one more only where a term occurs more than once. A list most of whose terms stand in another list too takes one
/// byte for each of those.
/// </summary>
internal static class TermCountsCodec
{
    /// <summary>Longest list that a sketch may hold; more is damage.</summary>
    public const int MostTerms = 4_096;

    /// <summary>Gap that says that a term is not in the other list and follows.</summary>
    private const int Missing = 127;

    public static void Write(TermCounts list, IBufferWriter<byte> to)
    {
        PackedNumbers.WriteLength(to, list.Length);
        ReadOnlySpan<uint> terms = list.Terms;
        ReadOnlySpan<byte> counts = list.Counts;
        Span<byte> repeated = stackalloc byte[(list.Length + 7) / 8];
        repeated.Clear();
        for (int i = 0; i < terms.Length; i++)
        {
            PackedNumbers.Write(to, terms[i]);
            repeated[i / 8] |= (byte)(counts[i] > 1 ? 1 << (i % 8) : 0);
        }

        to.Write(repeated);
        foreach (byte count in counts)
        {
            if (count > 1)
            {
                to.Write([count]);
            }
        }
    }

    public static TermCounts Read(ref ReadOnlySpan<byte> from)
    {
        uint[] terms = new uint[Length(ref from)];
        byte[] counts = new byte[terms.Length];
        ReadOnlySpan<byte> bytes = PackedNumbers.Take(ref from, terms.Length * sizeof(uint));
        ReadOnlySpan<byte> repeated = PackedNumbers.Take(ref from, (terms.Length + 7) / 8);
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * sizeof(uint))..]);
            counts[i] = (repeated[i / 8] >> (i % 8) & 1) == 0 ? (byte)1 : PackedNumbers.Take(ref from, 1)[0];
        }

        return TermCounts.Kept(terms, counts);
    }

    /// <param name="list">What is written.</param>
    /// <param name="other">A list that the reader will have.</param>
    /// <param name="to">Written to.</param>
    public static void WriteBeside(TermCounts list, TermCounts other, IBufferWriter<byte> to)
    {
        PackedNumbers.WriteLength(to, list.Length);
        ReadOnlySpan<uint> others = other.Terms;
        int next = 0;
        for (int i = 0; i < list.Length; i++)
        {
            int at = others[next..].BinarySearch(list.Terms[i]);
            bool isMissing = at is < 0 or >= Missing;
            int repeated = list.Counts[i] > 1 ? 1 : 0;
            to.Write([(byte)((isMissing ? Missing : at) << 1 | repeated)]);
            if (isMissing)
            {
                PackedNumbers.Write(to, list.Terms[i]);
            }
            else
            {
                next += at + 1;
            }

            if (repeated == 1)
            {
                to.Write([list.Counts[i]]);
            }
        }
    }

    public static TermCounts ReadBeside(TermCounts other, ref ReadOnlySpan<byte> from)
    {
        uint[] terms = new uint[Length(ref from)];
        byte[] counts = new byte[terms.Length];
        int next = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            byte mark = PackedNumbers.Take(ref from, 1)[0];
            int gap = mark >> 1;
            if (gap == Missing)
            {
                terms[i] = PackedNumbers.Read(ref from);
            }
            else
            {
                next += gap;
                terms[i] = next < other.Length ? other.Terms[next++] : throw new FormatException($"A list points at entry {next} of a list of {other.Length}: its bytes are damaged.");
            }

            counts[i] = (mark & 1) == 0 ? (byte)1 : PackedNumbers.Take(ref from, 1)[0];
        }

        return TermCounts.Kept(terms, counts);
    }

    private static int Length(ref ReadOnlySpan<byte> from)
    {
        int length = PackedNumbers.ReadLength(ref from);
        return length <= MostTerms ? length : throw new FormatException($"A list claims {length} entries: its bytes are damaged.");
    }
}
