namespace AuditIntel.Intelligence.Findings.Reading;

/// <summary>
/// Cuts a finding's markdown into lines of prose and blocks of code, each with what it is about. One pass, linear in the length; a text beyond
/// <see cref="MostCharacters"/> is cut off, as what matters of a finding stands at its beginning. A fence that nobody closes is taken as prose.
/// </summary>
internal static class MarkdownPieces
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int MostCharacters = 65_536;

    public static List<MarkdownPiece> Cut(string body)
    {
        var pieces = new List<MarkdownPiece>();
        int end = Math.Min(body.Length, MostCharacters);
        FindingPart part = FindingPart.Description;
        string? searched = null;
        for (int at = 0; at < end;)
        {
            int next = NextLine(body, at, end);
            ReadOnlySpan<char> line = body.AsSpan(at, next - at).Trim();
            if (Fence(line) is { } fence && fence != searched)
            {
                int close = ClosingFence(body, next, end, fence);
                if (close >= 0)
                {
                    pieces.Add(new MarkdownPiece(part, IsCode: true, IsHeading: false, next, close - next));
                    at = NextLine(body, close, end);
                    continue;
                }

                // Looked for once: a text of nothing but fences must not be searched again from every line.
                searched = fence;
            }

            if (line.Length > 0)
            {
                bool heading = IsHeading(line);
                part = heading ? PartOf(line, part) : IsComment(line) ? FindingPart.Comments : part;
                pieces.Add(new MarkdownPiece(part, IsCode: false, heading, at, next - at));
            }

            at = next;
        }

        return pieces;
    }

    private static int NextLine(string body, int at, int end)
    {
        int line = body.AsSpan(at, end - at).IndexOf('\n');
        return line < 0 ? end : at + line + 1;
    }

    private static string? Fence(ReadOnlySpan<char> line) =>
        line.StartsWith("```", StringComparison.Ordinal) ? "```" : line.StartsWith("~~~", StringComparison.Ordinal) ? "~~~" : null;

    private static int ClosingFence(string body, int from, int end, string fence)
    {
        for (int at = from; at < end;)
        {
            int next = NextLine(body, at, end);
            if (body.AsSpan(at, next - at).Trim().StartsWith(fence, StringComparison.Ordinal))
            {
                return at;
            }

            at = next;
        }

        return -1;
    }

    private static bool IsHeading(ReadOnlySpan<char> line) =>
        line[0] == '#' || (line.Length < 60 && !IsComment(line) && line.StartsWith("**", StringComparison.Ordinal) && (line.EndsWith("**", StringComparison.Ordinal) || line.EndsWith("**:", StringComparison.Ordinal)));

    // "**[name (Sponsor) confirmed](url):**" opens what was said about a finding of Code4rena.
    private static bool IsComment(ReadOnlySpan<char> line) =>
        line.StartsWith("**[", StringComparison.Ordinal) || line.StartsWith("**_[", StringComparison.Ordinal) || line.StartsWith("***", StringComparison.Ordinal)
        || (line[0] == '>' && !line.Contains('`'));

    private static FindingPart PartOf(ReadOnlySpan<char> heading, FindingPart before)
    {
        if (before == FindingPart.Comments)
        {
            return before;
        }

        if (Has(heading, "recommend") || Has(heading, "mitigation") || Has(heading, "remediation") || Has(heading, "fix"))
        {
            return FindingPart.Recommendation;
        }

        if (Has(heading, "impact"))
        {
            return FindingPart.Impact;
        }

        return Has(heading, "tool") || Has(heading, "assessed type") || Has(heading, "severity") || Has(heading, "lines of code") ? FindingPart.Formality : FindingPart.Description;
    }

    private static bool Has(ReadOnlySpan<char> heading, string word) => heading.Contains(word, StringComparison.OrdinalIgnoreCase);
}
