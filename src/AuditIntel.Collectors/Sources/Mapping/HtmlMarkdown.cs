using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>
/// HTML as markdown: headings, paragraphs, lists, code, quotes, tables and links; nothing that runs, hides or embeds. Links keep http(s) targets only.
/// </summary>
internal static class HtmlMarkdown
{
    /// <summary>Deeper elements give their text only: nobody nests so deeply to be read.</summary>
    private const int DeepestNesting = 200;

    private static readonly HashSet<string> LeftOut = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "form", "button", "input", "select", "textarea", "nav", "head", "dialog", "canvas",
        "audio", "video",
    };

    /// <summary>A fragment of HTML; text without markup comes back as it is.</summary>
    public static string Convert(string html, Uri address)
    {
        using IDocument document = new HtmlParser().ParseDocument(html);
        return document.Body is { } body ? Convert(body, address) : "";
    }

    /// <summary>The words of a fragment on one line, without any markup.</summary>
    public static string Plain(string html)
    {
        using IDocument document = new HtmlParser().ParseDocument(html);
        return document.Body is { } body ? string.Join(' ', FlatText(body).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : "";
    }

    public static string Convert(IElement element, Uri address)
    {
        var writer = new Writer(address);
        writer.Children(element, 0);
        return writer.Finish();
    }

    private sealed class Writer(Uri address)
    {
        private readonly StringBuilder _text = new();
        private readonly List<string> _prefixes = [];

        public string Finish() => _text.ToString().Trim();

        public void Children(INode parent, int depth)
        {
            foreach (INode node in parent.ChildNodes)
            {
                if (node is IText text)
                {
                    Words(text.Data);
                }
                else if (node is IElement element && !LeftOut.Contains(element.LocalName))
                {
                    if (depth >= DeepestNesting)
                    {
                        Words(FlatText(element));
                    }
                    else
                    {
                        Element(element, depth + 1);
                    }
                }
            }
        }

        private void Element(IElement element, int depth)
        {
            switch (element.LocalName)
            {
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    Block();
                    _text.Append('#', element.LocalName[1] - '0').Append(' ').Append(Inline(element, depth));
                    Block();
                    break;
                case "br":
                    Line();
                    break;
                case "hr":
                    Block();
                    _text.Append("---");
                    Block();
                    break;
                case "pre":
                    Code(element);
                    break;
                case "code" or "tt" or "kbd":
                    string code = FlatText(element).Trim();
                    if (code.Length > 0)
                    {
                        string fence = Fence(code, 1);
                        _text.Append(fence).Append(code).Append(fence);
                    }

                    break;
                case "strong" or "b":
                    Wrapped(element, "**", depth);
                    break;
                case "em" or "i":
                    Wrapped(element, "_", depth);
                    break;
                case "a":
                    Link(element, depth);
                    break;
                case "img":
                    Words(element.GetAttribute("alt") ?? "");
                    break;
                case "li":
                    ListItem(element, depth);
                    break;
                case "blockquote":
                    Prefixed("> ", element, depth);
                    break;
                case "tr":
                    Row(element, depth);
                    break;
                case "p" or "div" or "section" or "article" or "main" or "header" or "footer" or "aside" or "ul" or "ol" or "dl" or "dt" or "dd" or "table" or "figure"
                    or "figcaption" or "details" or "summary" or "address":
                    Block();
                    Children(element, depth);
                    Block();
                    break;
                default:
                    Children(element, depth);
                    break;
            }
        }

        private void Code(IElement element)
        {
            string code = FlatText(element).Trim('\n', '\r').Replace("\r\n", "\n", StringComparison.Ordinal);
            IElement? inner = element.QuerySelector("code");
            string language = (inner?.ClassName ?? element.ClassName ?? "").Split(' ').FirstOrDefault(name => name.StartsWith("language-", StringComparison.Ordinal))?[9..] ?? "";
            string fence = Fence(code, 3);
            Block();
            _text.Append(fence).Append(language);
            foreach (string line in code.Split('\n'))
            {
                Line();
                _text.Append(line);
            }

            Line();
            _text.Append(fence);
            Block();
        }

        private void ListItem(IElement element, int depth)
        {
            Line();
            string mark = "- ";
            if (element.ParentElement is { LocalName: "ol" } list)
            {
                int number = list.Children.TakeWhile(each => each != element).Count(each => each.LocalName == "li") + 1;
                mark = number.ToString(CultureInfo.InvariantCulture) + ". ";
            }

            _text.Append(mark);
            _prefixes.Add(new string(' ', mark.Length));
            Children(element, depth);
            _prefixes.RemoveAt(_prefixes.Count - 1);
            Line();
        }

        private void Prefixed(string prefix, IElement element, int depth)
        {
            Block();
            _prefixes.Add(prefix);
            _text.Append(prefix);
            Children(element, depth);
            _prefixes.RemoveAt(_prefixes.Count - 1);
            Block();
        }

        private void Row(IElement row, int depth)
        {
            Line();
            IElement[] cells = [.. row.Children.Where(cell => cell.LocalName is "td" or "th")];
            _text.Append('|');
            foreach (IElement cell in cells)
            {
                _text.Append(' ').Append(Inline(cell, depth).Replace("|", "\\|", StringComparison.Ordinal)).Append(" |");
            }

            if (cells.Length > 0 && cells.All(cell => cell.LocalName == "th"))
            {
                Line();
                _text.Append('|').Insert(_text.Length, " --- |", cells.Length);
            }

            Line();
        }

        private void Wrapped(IElement element, string mark, int depth)
        {
            string inner = Inline(element, depth);
            if (inner.Length > 0)
            {
                Gap();
                _text.Append(mark).Append(inner).Append(mark);
            }
        }

        private void Link(IElement element, int depth)
        {
            string inner = Inline(element, depth);
            string? target = element.GetAttribute("href");
            if (inner.Length == 0)
            {
                return;
            }

            if (target is { Length: > 0 } && !target.StartsWith('#') && Uri.TryCreate(address, target, out Uri? url) && url.Scheme is "http" or "https")
            {
                _text.Append('[').Append(inner).Append("](").Append(url.AbsoluteUri.Replace(")", "%29", StringComparison.Ordinal)).Append(')');
            }
            else
            {
                _text.Append(inner);
            }
        }

        /// <summary>The content on one line.</summary>
        private string Inline(IElement element, int depth)
        {
            var inner = new Writer(address);
            inner.Children(element, depth);
            return string.Join(' ', inner.Finish().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        private void Words(string data)
        {
            if (data.Length == 0)
            {
                return;
            }

            if (char.IsWhiteSpace(data[0]))
            {
                Gap();
            }

            string[] words = data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            _text.AppendJoin(' ', words);
            if (words.Length > 0 && char.IsWhiteSpace(data[^1]))
            {
                _text.Append(' ');
            }
        }

        private void Gap()
        {
            if (_text.Length > 0 && !char.IsWhiteSpace(_text[^1]))
            {
                _text.Append(' ');
            }
        }

        private void Line()
        {
            if (_text.Length > 0)
            {
                TrimBlanks();
                _text.Append('\n').AppendJoin("", _prefixes);
            }
        }

        /// <summary>An empty line, unless there is one.</summary>
        private void Block()
        {
            if (_text.Length == 0)
            {
                return;
            }

            TrimBlanks();
            string prefix = string.Concat(_prefixes);
            string gap = $"\n{prefix.TrimEnd()}\n{prefix}";
            if (!EndsWith(gap) && !AtItemStart())
            {
                _text.Append(gap);
            }
        }

        /// <summary>Right behind a list mark or a quote mark there is no empty line.</summary>
        private bool AtItemStart()
        {
            int line = _text.Length - 1;
            while (line >= 0 && _text[line] != '\n')
            {
                line--;
            }

            string last = _text.ToString(line + 1, _text.Length - line - 1).Trim();
            return last is "-" or ">" || (last.EndsWith('.') && int.TryParse(last.AsSpan(0, last.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out _));
        }

        private bool EndsWith(string end) => _text.Length >= end.Length && _text.ToString(_text.Length - end.Length, end.Length) == end;

        private void TrimBlanks()
        {
            string keep = string.Concat(_prefixes);
            int end = _text.Length;
            while (end > 0 && _text[end - 1] is ' ' or '\t')
            {
                end--;
            }

            // A quote's mark and an item's indent are no blanks to cut.
            if (end < _text.Length && !(keep.Length > 0 && (end == 0 || _text[end - 1] is '\n' or '>' or '-' or '.')))
            {
                _text.Length = end;
            }
        }
    }

    /// <summary>Text of an element without what is left out; not recursive, since this is where too deep nesting ends.</summary>
    private static string FlatText(IElement element)
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

    private static string Fence(string code, int least)
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
