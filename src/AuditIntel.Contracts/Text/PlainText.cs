using System.Globalization;
using System.Text;

namespace AuditIntel.Contracts;

/// <summary>Text that came from anywhere, made fit to be shown: in a terminal, a mail header, a chat.</summary>
public static class PlainText
{
    private const string Cut = "...";

    /// <summary>
    /// One line: control characters, line ends and characters that turn the direction of text (U+202E and its like) become blanks, lone surrogates U+FFFD; cut
    /// to the length, with three dots where something was cut.
    /// </summary>
    /// <param name="text">Anything.</param>
    /// <param name="longest">Most characters of the answer; at least 3.</param>
    public static string Line(string text, int longest)
    {
        if (text.Length <= longest && IsLine(text))
        {
            return text;
        }

        var line = new StringBuilder(Math.Min(text.Length, longest + 1));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (line.Length > longest)
            {
                break;
            }

            line.Append((IsShown(rune) ? rune : new Rune(' ')).ToString());
        }

        if (line.Length <= longest)
        {
            return line.ToString();
        }

        int end = longest - Cut.Length;
        if (end > 0 && char.IsHighSurrogate(line[end - 1]))
        {
            end--;
        }

        return line.ToString(0, end) + Cut;
    }

    private static bool IsLine(string text)
    {
        foreach (char letter in text)
        {
            if (char.IsSurrogate(letter) || !IsShown(new Rune(letter)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
