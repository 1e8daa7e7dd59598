using System.Buffers;
using System.Text;

namespace AuditIntel.Contracts;

/// <summary>
/// Normalization Form C (Unicode Standard Annex #15). The build runs without ICU (InvariantGlobalization), where string.Normalize changes nothing:
/// two spellings of one letter would then count as two texts.
/// </summary>
internal static class CanonicalComposition
{
    private const int HangulSyllables = 0xAC00;
    private const int HangulSyllableEnd = 0xD7A4;
    private const int LeadingJamo = 0x1100;
    private const int VowelJamo = 0x1161;
    private const int TrailingJamo = 0x11A7;
    private const int LeadingCount = 19;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;

    /// <summary>The text itself when it is composed already, which most text is.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    public static string Compose(string text)
    {
        UnicodeCanonical tables = UnicodeCanonical.Instance;
        int next = tables.IndexOfSuspect(text, 0);
        if (next < 0)
        {
            return text;
        }

        var output = new StringBuilder(text.Length + 16);
        int copied = 0;
        while (next >= 0)
        {
            // What may change reaches from the harmless character before the suspects, with which they may compose, to the harmless one behind them.
            int begin = Math.Max(copied, PreviousCharacter(text, next));
            int end = next;
            while (end < text.Length && tables.IsSuspect(text[end]))
            {
                end++;
            }

            output.Append(text, copied, begin - copied);
            AppendComposed(output, text.AsSpan(begin, end - begin), tables);
            copied = end;
            next = tables.IndexOfSuspect(text, end);
        }

        return output.Append(text, copied, text.Length - copied).ToString();
    }

    private static int PreviousCharacter(string text, int index) =>
        index >= 2 && char.IsLowSurrogate(text[index - 1]) ? index - 2 : Math.Max(0, index - 1);

    private static void AppendComposed(StringBuilder output, ReadOnlySpan<char> segment, UnicodeCanonical tables)
    {
        // A character decomposes into four at most.
        int[] points = ArrayPool<int>.Shared.Rent(segment.Length * 4);
        int count = 0;
        foreach (Rune rune in segment.EnumerateRunes())
        {
            tables.Decompose(rune.Value, points, ref count);
        }

        Order(points.AsSpan(0, count), tables);
        count = ComposeInPlace(points.AsSpan(0, count), tables);
        Span<char> utf16 = stackalloc char[2];
        for (int i = 0; i < count; i++)
        {
            output.Append(utf16[..new Rune(points[i]).EncodeToUtf16(utf16)]);
        }

        ArrayPool<int>.Shared.Return(points);
    }

    /// <summary>Sorts each run of marks by combining class; equal classes keep their order.</summary>
    private static void Order(Span<int> points, UnicodeCanonical tables)
    {
        for (int i = 0; i < points.Length; i++)
        {
            int end = i;
            while (end < points.Length && tables.ClassOf(points[end]) != 0)
            {
                end++;
            }

            if (end - i > 1)
            {
                Span<int> run = points[i..end];
                long[] keys = new long[run.Length];
                for (int k = 0; k < keys.Length; k++)
                {
                    keys[k] = ((long)tables.ClassOf(run[k]) << 32) | (uint)k;
                }

                keys.AsSpan().Sort(run);
            }

            i = end;
        }
    }

    private static int ComposeInPlace(Span<int> points, UnicodeCanonical tables)
    {
        int starter = -1;
        int written = 0;
        int lastClass = -1;
        foreach (int point in points)
        {
            int combiningClass = tables.ClassOf(point);
            if (starter >= 0 && lastClass < combiningClass && Pair(points[starter], point, tables) is var composed and >= 0)
            {
                points[starter] = composed;
                continue;
            }

            if (combiningClass == 0)
            {
                starter = written;
                lastClass = -1;
            }
            else
            {
                lastClass = combiningClass;
            }

            points[written++] = point;
        }

        return written;
    }

    private static int Pair(int first, int second, UnicodeCanonical tables)
    {
        if (first is >= LeadingJamo and < LeadingJamo + LeadingCount && second is >= VowelJamo and < VowelJamo + VowelCount)
        {
            return HangulSyllables + ((((first - LeadingJamo) * VowelCount) + (second - VowelJamo)) * TrailingCount);
        }

        bool isOpenSyllable = first is >= HangulSyllables and < HangulSyllableEnd && (first - HangulSyllables) % TrailingCount == 0;
        return isOpenSyllable && second is > TrailingJamo and < TrailingJamo + TrailingCount
            ? first + (second - TrailingJamo)
            : tables.PairOf(first, second);
    }
}
