using System.Buffers;
using System.Globalization;
using System.Text;

namespace AuditIntel.Contracts;

/// <summary>
/// Normal forms of scraped text, in time that grows with its length only. Folding a cleaned text gives what folding the text itself gives.
/// </summary>
public static class TextNormalizer
{
    /// <summary>
    /// Marks in a row before a joiner breaks the run (Stream-Safe Text Process, UAX #15): ICU orders marks in quadratic time, and a hostile
    /// text of a few hundred thousand would keep it busy for a minute.
    /// </summary>
    private const int MostMarks = 30;

    /// <summary>COMBINING GRAPHEME JOINER, invisible and in no order with marks.</summary>
    private const char Joiner = '\u034f';

    /// <summary>
    /// For storing: NFC, LF line ends, no control and no zero-width characters but tab and LF, no blanks at line ends, no blank lines at
    /// either end, and U+FFFD for lone surrogates.
    /// </summary>
    public static string Clean(string text)
    {
        text = WellFormed(text);
        char[] buffer = ArrayPool<char>.Shared.Rent(text.Length);
        int length = 0;
        int lineEnd = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool blank = char.IsWhiteSpace(c);
            if (c is '\r' or '\n')
            {
                i += c == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;

                // Blanks behind the line's text go, and line ends before the first text.
                length = lineEnd;
                if (length > 0)
                {
                    buffer[length++] = '\n';
                    lineEnd = length;
                }
            }
            else if (blank)
            {
                // Vertical tabs, form feeds and the like separate words, and nothing more.
                buffer[length++] = char.IsControl(c) && c != '\t' ? ' ' : c;
            }
            else if (!IsInvisible(c))
            {
                buffer[length++] = c;
                lineEnd = length;
            }
        }

        length = lineEnd;
        while (length > 0 && buffer[length - 1] == '\n')
        {
            length--;
        }

        string clean = text.AsSpan().SequenceEqual(buffer.AsSpan(0, length)) ? text : new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return Compose(clean);
    }

    /// <summary>For comparing: NFC, lower case, no control and no zero-width characters, every run of blanks and line ends one space.</summary>
    public static string Fold(string text)
    {
        text = WellFormed(text);
        char[] buffer = ArrayPool<char>.Shared.Rent(text.Length);
        int length = 0;
        bool blank = false;
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                blank = true;
            }
            else if (!IsInvisible(c))
            {
                if (blank && length > 0)
                {
                    buffer[length++] = ' ';
                }

                blank = false;
                buffer[length++] = c;
            }
        }

        // Composed before lower case, and again after: a letter may lose what it composed with.
        string composed = Compose(new string(buffer, 0, length));
        ArrayPool<char>.Shared.Return(buffer);
        return Compose(composed.ToLowerInvariant());
    }

    /// <summary>Lone surrogates, which have no normal form and no UTF-8, become U+FFFD.</summary>
    private static string WellFormed(string text) =>
        text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;

    /// <summary>NFC, after what is not seen is gone: it may have stood between a letter and its mark.</summary>
    private static string Compose(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        text = BreakRunsOfMarks(text);
        return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
    }

    private static string BreakRunsOfMarks(string text)
    {
        StringBuilder? broken = null;
        int copied = 0;
        int marks = 0;
        for (int i = 0; i < text.Length; i += char.IsHighSurrogate(text[i]) ? 2 : 1)
        {
            bool isMark = text[i] != Joiner
                && CharUnicodeInfo.GetUnicodeCategory(text, i) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
            marks = isMark ? marks + 1 : 0;
            if (marks > MostMarks)
            {
                broken ??= new StringBuilder(text.Length + 16);
                broken.Append(text, copied, i - copied).Append(Joiner);
                copied = i;
                marks = 1;
            }
        }

        return broken is null ? text : broken.Append(text, copied, text.Length - copied).ToString();
    }

    private static bool IsInvisible(char c) => c switch
    {
        < '\u007f' => c < ' ',
        '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' or '\u00ad' => true,
        _ => IsDirectionMark(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Control,
    };

    /// <summary>Marks that only steer the direction of text (Unicode Bidirectional Algorithm, section 2).</summary>
    private static bool IsDirectionMark(char c) => c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
