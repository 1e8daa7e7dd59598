using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>
/// HTML parsers look through all open elements for each new one, so that 100 000 levels of nesting take a minute. No page that is meant to be read has a
/// thousand; one that has is read as text without its markup.
/// </summary>
internal static class HtmlNesting
{
    private const int DeepestNesting = 1000;
    private const int LongestName = 12;

    /// <summary>Elements that need no end tag, so that their number says nothing of their depth.</summary>
    private static readonly HashSet<string> Unclosed = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th",
        "thead", "tbody", "tfoot", "colgroup", "html", "head", "body", "rt", "rp",
    };

    public static IDocument Parse(string html) => new HtmlParser().ParseDocument(IsTooDeep(html) ? WithoutTags(html) : html);

    private static bool IsTooDeep(string html)
    {
        int depth = 0;
        for (int at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            bool closes = html[at + 1] == '/';
            int begin = closes ? at + 2 : at + 1;
            int end = begin;
            while (end < html.Length && end - begin < LongestName && char.IsAsciiLetterOrDigit(html[end]))
            {
                end++;
            }

            if (end == begin || Unclosed.Contains(html[begin..end]))
            {
                continue;
            }

            depth = closes ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > DeepestNesting)
            {
                return true;
            }
        }

        return false;
    }

    private static string WithoutTags(string html)
    {
        var text = new StringBuilder();
        int at = 0;
        while (at < html.Length)
        {
            int open = html.IndexOf('<', at);
            text.Append(html, at, (open < 0 ? html.Length : open) - at);
            int close = open < 0 ? -1 : html.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }

            text.Append(' ');
            at = close + 1;
        }

        return text.ToString();
    }
}
