using System.Text;
using AngleSharp.Dom;

namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>
/// HTML as markdown: headings, paragraphs, lists, code, quotes, tables and links; nothing that runs, hides or embeds. Links keep http(s) targets only.
/// </summary>
internal static class HtmlMarkdown
{
    internal static readonly HashSet<string> LeftOut = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "form", "button", "input", "select", "textarea", "nav", "head", "dialog", "canvas",
        "audio", "video",
    };

    /// <summary>A fragment of HTML; text without markup comes back as it is.</summary>
    public static string Convert(string html, Uri address)
    {
        using IDocument document = HtmlNesting.Parse(html);
        return document.Body is { } body ? Convert(body, address) : "";
    }

    /// <summary>The words of a fragment on one line, without any markup.</summary>
    public static string Plain(string html)
    {
        using IDocument document = HtmlNesting.Parse(html);
        return document.Body is { } body ? string.Join(' ', FlatText(body).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : "";
    }

    public static string Convert(IElement element, Uri address)
    {
        var writer = new MarkdownWriter(address);
        writer.Children(element, 0);
        return writer.Finish();
    }

    /// <summary>Text of an element without what is left out; not recursive, since this is where too deep nesting ends.</summary>
    internal static string FlatText(IElement element)
    {
        var text = new StringBuilder();
        INode? at = element.FirstChild;
        while (at is not null && at != element)
        {
            bool skip = at is IElement inner && LeftOut.Contains(inner.LocalName);
            if (at is IText words)
            {
                text.Append(words.Data);
            }
            else if (at is IElement { LocalName: "br" })
            {
                text.Append('\n');
            }

            if (!skip && at.FirstChild is { } child)
            {
                at = child;
                continue;
            }

            while (at is not null && at != element && at.NextSibling is null)
            {
                at = at.Parent;
            }

            at = at == element ? element : at?.NextSibling;
        }

        return text.ToString();
    }

    internal static string Fence(string code, int least)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in code)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return new string('`', longest < least ? least : longest + 1);
    }
}
