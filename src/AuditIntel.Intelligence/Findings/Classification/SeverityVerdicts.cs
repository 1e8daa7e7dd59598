namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>
/// Severities that a published report's author, commentators and judge give a finding: "decreased to medium", "3 (high risk)", "a valid low". A severity
/// word that speaks of something else ("high gas cost", "low-level call", "not high") is none, which is what <see cref="SeverityMentions"/> cannot tell.
/// </summary>
internal static class SeverityVerdicts
{
    /// <summary>Numbers for a finding.</summary>
    public const int Count = (2 * Severities * Speakers) + 1;

    private const int Severities = 3;
    private const int Speakers = 3;
    private const int Author = 0;
    private const int Commentator = 1;
    private const int Judge = 2;

    /// <summary>Numbers for a finding: for author, commentators and judge how often each gives high, medium and low, and which was given last; at last how much the judge says.</summary>
    /// <param name="own">The author's text, in lower case.</param>
    /// <param name="remarks">What was said later, in lower case.</param>
    public static float[] Of(ReadOnlySpan<char> own, ReadOnlySpan<char> remarks)
    {
        float[] numbers = new float[Count];
        Span<int> last = [-1, -1, -1];
        foreach (ReadOnlySpan<char> line in own.EnumerateLines())
        {
            Read(line, numbers.AsSpan(0, Severities), ref last[Author]);
        }

        int speaker = Commentator;
        int judgeLength = 0;
        foreach (ReadOnlySpan<char> line in remarks.EnumerateLines())
        {
            speaker = IsSpeaker(line.Trim()) ? line.Contains("judge", StringComparison.Ordinal) ? Judge : Commentator : speaker;
            judgeLength += speaker == Judge ? line.Length : 0;
            Read(line, numbers.AsSpan(2 * Severities * speaker, Severities), ref last[speaker]);
        }

        for (int i = 0; i < Speakers; i++)
        {
            foreach (ref float count in numbers.AsSpan(2 * Severities * i, Severities))
            {
                count = MathF.Log(1 + count);
            }

            if (last[i] >= 0)
            {
                numbers[(2 * Severities * i) + Severities + last[i]] = 1;
            }
        }

        numbers[^1] = MathF.Log(1 + judgeLength);
        return numbers;
    }

    // "**[name (judge) commented](url):**" opens what somebody said.
    private static bool IsSpeaker(ReadOnlySpan<char> line) => line.StartsWith("**[", StringComparison.Ordinal) || line.StartsWith("**_[", StringComparison.Ordinal);

    private static void Read(ReadOnlySpan<char> line, Span<float> counts, ref int last)
    {
        Range before = default;
        Range word = Next(line, 0);
        while (line[word].Length > 0)
        {
            Range after = Next(line, word.End.Value);
            if (Given(line[before], line[word], line[after]) is >= 0 and var severity)
            {
                counts[severity]++;
                last = severity;
            }

            (before, word) = (word, after);
        }
    }

    private static int Given(ReadOnlySpan<char> before, ReadOnlySpan<char> word, ReadOnlySpan<char> after)
    {
        // Code4rena's scale has numbers too: 3 is high, 2 medium, 1 and 0 below.
        if (before is "severity" or "sev" && word is ['0' or '1' or '2' or '3'])
        {
            return Math.Min('3' - word[0], Severities - 1);
        }

        bool isOfFinding = after is "severity" or "risk" or "sev" or "issue" or "finding";
        bool isGiven = before is "to" or "as" or "a" or "is" or "of" or "with" or "be" or "this" or "believe" or "think" or "valid" or "keep" or "keeping" or "for" or "it"
            or "remain" or "stay" or "stays" or "at" or "into" or "under" or "non" or "0" or "1" or "2" or "3";
        bool isOfOther = before is "not" or "from" or "than" || after is "level" or "liquidity" or "probability" or "likelihood" or "amount" or "gas" or "enough";
        if (isOfOther || (!isOfFinding && !isGiven))
        {
            return -1;
        }

        return word switch
        {
            "critical" when before is "non" => 2,
            "high" => 0,
            "critical" when isOfFinding => 0,
            "medium" or "med" or "moderate" => 1,
            "low" or "qa" or "nc" or "informational" => 2,
            _ => -1,
        };
    }

    private static Range Next(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && !IsWord(text[from]))
        {
            from++;
        }

        int end = from;
        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        return from..end;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
