using System.Text.RegularExpressions;

namespace AuditIntel.Collectors.Code4rena;

/// <summary>Names in the line below a finding's heading: <c>_Submitted by X, also found by Y, and Z_</c>.</summary>
internal static partial class Code4renaAuthors
{
    private const int LinesLookedAt = 4;

    public static IReadOnlyList<string> Of(string body)
    {
        using var reader = new StringReader(body);
        for (int i = 0; i < LinesLookedAt && reader.ReadLine() is { } line; i++)
        {
            Match match = Submitted().Match(line);
            if (match.Success)
            {
                string names = Links().Replace(match.Groups["names"].Value, "$1");
                return [.. Separators().Split(names).Select(name => name.Trim(' ', '_', '.', '*')).Where(name => name.Length > 0).Distinct()];
            }
        }

        return [];
    }

    [GeneratedRegex(@"(Submitted|Reported) by\s+(?<names>.+)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Submitted();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)", RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [GeneratedRegex(@",?\s*also found by\s*|,\s*and\s+|\s+and\s+|,\s*", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Separators();
}
