namespace AuditIntel.Intelligence.Findings.Reading;

/// <summary>
/// Reads every word as it stands, without stemming and with the small words that <see cref="TermReader"/> leaves out: how something is said ("could not",
/// "in case of") tells how grave it is held. Addresses are left out, and so are the ids of findings (H-01), which would give the severity away.
/// </summary>
internal static class PhraseReader
{
    private const int LongestNumber = 3;

    /// <param name="text">Prose, code or markdown.</param>
    /// <param name="words">Where the words' hashes go, without regard to case.</param>
    public static void Read(ReadOnlySpan<char> text, List<uint> words)
    {
        for (int at = 0; at < text.Length;)
        {
            if (!IsWord(text[at]))
            {
                at++;
                continue;
            }

            int end = WordEnd(text, at);
            ReadOnlySpan<char> word = text[at..end];
            if (word is "http" or "https" && text[end..].StartsWith("://", StringComparison.Ordinal))
            {
                int length = text[end..].IndexOfAny(' ', '\n', '\t');
                at = length < 0 ? text.Length : end + length;
            }
            else if (IdEnd(text, at, end) is > 0 and var afterId)
            {
                at = afterId;
            }
            else
            {
                words.Add(TermHash.OfFolded(word));
                at = end;
            }
        }
    }

    // "H-01" and "H01"; 0 where there is no id.
    private static int IdEnd(ReadOnlySpan<char> text, int at, int end)
    {
        if (text[at] is not ('H' or 'M' or 'L' or 'N' or 'G' or 'Q'))
        {
            return 0;
        }

        int number = at + 1;
        if (number == end && end < text.Length && text[end] == '-')
        {
            number = end + 1;
            end = WordEnd(text, number);
        }

        ReadOnlySpan<char> digits = text[number..end];
        return digits.Length is > 0 and <= LongestNumber && !digits.ContainsAnyExceptInRange('0', '9') ? end : 0;
    }

    private static int WordEnd(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && IsWord(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsWord(char c) => c == '_' || char.IsLetterOrDigit(c);
}
