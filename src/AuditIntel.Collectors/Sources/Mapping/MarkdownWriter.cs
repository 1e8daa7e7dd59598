using System.Globalization;
using System.Text;
using AngleSharp.Dom;

namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>Writes elements as markdown. Ends of lines are kept back until something follows, so that none stands too many.</summary>
internal sealed class MarkdownWriter(Uri address)
{
    /// <summary>Deeper elements give their text only.</summary>
    private const int DeepestNesting = 200;

    private readonly StringBuilder _text = new();
    private readonly List<string> _prefixes = [];

    /// <summary>Ends of lines to write before the next word: 0, 1, or 2 for an empty line.</summary>
    private int _breaks;

    /// <summary>Right behind the mark of an item or a quote, where no line ends.</summary>
    private bool _behindMark;

    public string Finish() => _text.ToString().Trim();

    public void Children(INode parent, int depth)
    {
        foreach (INode node in parent.ChildNodes)
        {
            if (node is IText text)
            {
                Words(text.Data);
            }
            else if (node is IElement element && !HtmlMarkdown.LeftOut.Contains(element.LocalName))
            {
                if (depth >= DeepestNesting)
                {
                    Words(HtmlMarkdown.FlatText(element));
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
                Break(2);
                Write($"{new string('#', element.LocalName[1] - '0')} {Inline(element, depth)}");
                Break(2);
                break;
            case "br":
                Break(1);
                break;
            case "hr":
                Break(2);
                Write("---");
                Break(2);
                break;
            case "pre":
                Code(element);
                break;
            case "code" or "tt" or "kbd":
                string code = HtmlMarkdown.FlatText(element).Trim();
                if (code.Length > 0)
                {
                    string fence = HtmlMarkdown.Fence(code, 1);
                    Write(fence + code + fence);
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
                Item(element, depth);
                break;
            case "blockquote":
                Break(2);
                Marked("> ", "> ", element, depth);
                Break(2);
                break;
            case "tr":
                Row(element, depth);
                break;
            case "p" or "div" or "section" or "article" or "main" or "header" or "footer" or "aside" or "ul" or "ol" or "dl" or "dt" or "dd" or "table" or "figure"
                or "figcaption" or "details" or "summary" or "address":
                Break(2);
                Children(element, depth);
                Break(2);
                break;
            default:
                Children(element, depth);
                break;
        }
    }

    private void Code(IElement element)
    {
        string code = HtmlMarkdown.FlatText(element).Trim('\n', '\r').Replace("\r\n", "\n", StringComparison.Ordinal);
        string classes = element.QuerySelector("code")?.ClassName ?? element.ClassName ?? "";
        string language = classes.Split(' ').FirstOrDefault(name => name.StartsWith("language-", StringComparison.Ordinal))?[9..] ?? "";
        string fence = HtmlMarkdown.Fence(code, 3);
        string newLine = "\n" + string.Concat(_prefixes);
        Break(2);
        Write(fence + language + newLine + code.Replace("\n", newLine, StringComparison.Ordinal) + newLine + fence);
        Break(2);
    }

    private void Item(IElement element, int depth)
    {
        Break(1);
        string mark = "- ";
        if (element.ParentElement is { LocalName: "ol" } list)
        {
            int number = list.Children.TakeWhile(each => each != element).Count(each => each.LocalName == "li") + 1;
            mark = number.ToString(CultureInfo.InvariantCulture) + ". ";
        }

        Marked(mark, new string(' ', mark.Length), element, depth);
        Break(1);
    }

    private void Marked(string mark, string prefix, IElement element, int depth)
    {
        Write(mark);
        _behindMark = true;
        _prefixes.Add(prefix);
        Children(element, depth);
        _prefixes.RemoveAt(_prefixes.Count - 1);
        _behindMark = false;
    }

    private void Row(IElement row, int depth)
    {
        IElement[] cells = [.. row.Children.Where(cell => cell.LocalName is "td" or "th")];
        Break(1);
        Write("|" + string.Concat(cells.Select(cell => $" {Inline(cell, depth).Replace("|", "\\|", StringComparison.Ordinal)} |")));
        if (cells.Length > 0 && cells.All(cell => cell.LocalName == "th"))
        {
            Break(1);
            Write("|" + string.Concat(Enumerable.Repeat(" --- |", cells.Length)));
        }

        Break(1);
    }

    private void Wrapped(IElement element, string mark, int depth)
    {
        string inner = Inline(element, depth);
        if (inner.Length > 0)
        {
            Write(mark + inner + mark);
        }
    }

    private void Link(IElement element, int depth)
    {
        string inner = Inline(element, depth);
        string? target = element.GetAttribute("href");
        if (inner.Length > 0)
        {
            Write(target is { Length: > 0 } && !target.StartsWith('#') && Uri.TryCreate(address, target, out Uri? url) && url.Scheme is "http" or "https"
                ? $"[{inner}]({url.AbsoluteUri.Replace(")", "%29", StringComparison.Ordinal)})"
                : inner);
        }
    }

    /// <summary>The content on one line.</summary>
    private string Inline(IElement element, int depth)
    {
        var inner = new MarkdownWriter(address);
        inner.Children(element, depth);
        return string.Join(' ', inner.Finish().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private void Words(string data)
    {
        string[] words = data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (data.Length > 0 && char.IsWhiteSpace(data[0]))
        {
            Blank();
        }

        if (words.Length > 0)
        {
            Write(string.Join(' ', words));
            if (char.IsWhiteSpace(data[^1]))
            {
                Blank();
            }
        }
    }

    private void Blank()
    {
        if (_breaks == 0 && !_behindMark && _text.Length > 0 && !char.IsWhiteSpace(_text[^1]))
        {
            _text.Append(' ');
        }
    }

    private void Break(int lines)
    {
        if (!_behindMark && _text.Length > 0)
        {
            _breaks = Math.Max(_breaks, lines);
        }
    }

    private void Write(string text)
    {
        if (_breaks > 0)
        {
            while (_text.Length > 0 && _text[^1] is ' ' or '\t')
            {
                _text.Length--;
            }

            string prefix = string.Concat(_prefixes);
            _text.Append(_breaks > 1 ? $"\n{prefix.TrimEnd()}\n{prefix}" : $"\n{prefix}");
            _breaks = 0;
        }

        _text.Append(text);
        _behindMark = false;
    }
}
