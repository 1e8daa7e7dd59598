using System.Text;
using System.Text.RegularExpressions;

namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>Patterns of paths: ? is a character, * any number within a folder, ** any number of folders.</summary>
internal sealed class Glob
{
    private readonly Regex _pattern;

    public Glob(string pattern)
    {
        var text = new StringBuilder("^");
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when pattern.AsSpan(i).StartsWith("**/"):
                    text.Append("(.*/)?");
                    i += 2;
                    break;
                case '*' when pattern.AsSpan(i).StartsWith("**"):
                    text.Append(".*");
                    i++;
                    break;
                case '*':
                    text.Append("[^/]*");
                    break;
                case '?':
                    text.Append("[^/]");
                    break;
                default:
                    text.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        // NonBacktracking: a pattern with many stars takes linear time.
        _pattern = new Regex(text.Append('$').ToString(), RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }

    public static bool IsValid(string pattern) => pattern.Length is > 0 and <= 200 && pattern[0] != '/' && !pattern.Contains("***", StringComparison.Ordinal);

    public bool Matches(string path) => _pattern.IsMatch(path);
}
