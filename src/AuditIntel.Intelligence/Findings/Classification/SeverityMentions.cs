namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>Which severities a text names, first and last: what is said last of a finding is mostly what holds.</summary>
internal static class SeverityMentions
{
    private const int Severities = 3;

    /// <summary>Numbers for a text: for high, medium and low whether it is named last and first; at last how many are named.</summary>
    /// <param name="text">In lower case.</param>
    public static float[] Of(ReadOnlySpan<char> text)
    {
        int first = -1;
        int last = -1;
        int count = 0;
        for (int at = 0; at < text.Length;)
        {
            if (!char.IsAsciiLetter(text[at]))
            {
                at++;
                continue;
            }

            int end = at + 1;
            while (end < text.Length && char.IsAsciiLetter(text[end]))
            {
                end++;
            }

            int severity = SeverityOf(text[at..end], at >= 4 && text[(at - 4)..at].SequenceEqual("non-"));
            if (severity >= 0)
            {
                first = first < 0 ? severity : first;
                last = severity;
                count++;
            }

            at = end;
        }

        float[] numbers = new float[(2 * Severities) + 1];
        if (count > 0)
        {
            numbers[2 * last] = 1;
            numbers[(2 * first) + 1] = 1;
        }

        numbers[^1] = MathF.Log(1 + count);
        return numbers;
    }

    private static int SeverityOf(ReadOnlySpan<char> word, bool isDenied) => word switch
    {
        "high" => 0,
        "medium" or "med" => 1,
        "low" or "informational" => 2,
        "critical" when isDenied => 2,
        _ => -1,
    };
}
