using System.Globalization;
using System.Text;

namespace AuditIntel.Contracts;

/// <summary>Normal forms of scraped text, each made in one pass.</summary>
public static class TextNormalizer
{
    /// <summary>
    /// For storing: NFC, LF line ends, no control and no zero-width characters but tab and LF, no blanks at line ends, no blank lines at
    /// either end, and U+FFFD for lone surrogates.
    /// </summary>
    public static string Clean(string text)
    {
        string composed = Compose(text);
        var clean = new StringBuilder(composed.Length);
        int lineEnd = 0;
        for (int i = 0; i < composed.Length; i++)
        {
            char c = composed[i];
            if (c == '\r')
            {
                if (i + 1 < composed.Length && composed[i + 1] == '\n')
                {
                    continue;
                }

                c = '\n';
            }

            if (c == '\n')
            {
                clean.Length = lineEnd;
                if (clean.Length > 0)
                {
                    clean.Append('\n');
                    lineEnd = clean.Length;
                }

                continue;
            }

            bool blank = char.IsWhiteSpace(c);
            if (!blank && IsInvisible(c))
            {
                continue;
            }

            // Vertical tabs, form feeds and the like separate words, and nothing more.
            clean.Append(blank && char.IsControl(c) && c != '\t' ? ' ' : c);
            if (!blank)
            {
                lineEnd = clean.Length;
            }
        }

        clean.Length = lineEnd;
        while (clean.Length > 0 && clean[^1] == '\n')
        {
            clean.Length--;
        }

        return clean.ToString();
    }

    /// <summary>For comparing: NFC, lower case, no control and no zero-width characters, every run of blanks and line ends one space.</summary>
    public static string Fold(string text)
    {
        string composed = Compose(text);
        var folded = new StringBuilder(composed.Length);
        bool blank = false;
        foreach (char c in composed)
        {
            if (char.IsWhiteSpace(c))
            {
                blank = true;
            }
            else if (!IsInvisible(c))
            {
                if (blank && folded.Length > 0)
                {
                    folded.Append(' ');
                }

                blank = false;
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }

    /// <summary>NFC; lone surrogates, which have no normal form, become U+FFFD first.</summary>
    private static string Compose(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
    }

    private static bool IsInvisible(char c) =>
        c switch
        {
            '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' or '\u00ad' => true,
            _ => char.GetUnicodeCategory(c) is UnicodeCategory.Control || IsDirectionMark(c),
        };

    /// <summary>Marks that only steer the direction of text (Unicode Bidirectional Algorithm, section 2).</summary>
    private static bool IsDirectionMark(char c) => c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
