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
    /// For storing: NFC, LF line ends, no control and no zero-width characters but tab and LF, no blanks at line ends, no blank lines at
    /// either end, and U+FFFD for lone surrogates. The other line and paragraph separators of Unicode, vertical tab and form feed become LF too.
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
            if (IsLineEnd(c))
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                {
                    i++;
                }

                // Blanks behind the line's text go, and line ends before the first text.
                length = lineEnd;
                if (length > 0)
                {
                    buffer[length++] = '\n';
                    lineEnd = length;
                }
            }
            else if (!IsInvisible(c))
            {
                buffer[length++] = c;
                lineEnd = char.IsWhiteSpace(c) ? lineEnd : length;
            }
        }

        length = lineEnd;
        while (length > 0 && buffer[length - 1] == '\n')
        {
            length--;
        }

        string clean = text.AsSpan().SequenceEqual(buffer.AsSpan(0, length)) ? text : new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return CanonicalComposition.Compose(clean);
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
        string composed = CanonicalComposition.Compose(new string(buffer, 0, length));
        ArrayPool<char>.Shared.Return(buffer);
        return CanonicalComposition.Compose(composed.ToLowerInvariant());
    }

    /// <summary>Lone surrogates, which have no normal form and no UTF-8, become U+FFFD.</summary>
    private static string WellFormed(string text) =>
        text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;

    private static bool IsLineEnd(char c) => c is '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsInvisible(char c) => c switch
    {
        < '\u007f' => c < ' ' && c != '\t',
        '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' or '\u00ad' => true,
        _ => IsDirectionMark(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Control,
    };

    /// <summary>Marks that only steer the direction of text (Unicode Bidirectional Algorithm, section 2).</summary>
    private static bool IsDirectionMark(char c) => c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
