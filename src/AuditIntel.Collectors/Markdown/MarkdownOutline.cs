using AuditIntel.Collectors.Files;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;

namespace AuditIntel.Collectors.Markdown;

/// <summary>The headings of a markdown document; what stands in a code fence is none.</summary>
internal static class MarkdownOutline
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder { PreciseSourceLocation = true }.Build();

    /// <exception cref="CollectionException">The document is nested so deeply that no parser follows.</exception>
    public static IReadOnlyList<Heading> Headings(SourceFile file, string text)
    {
        var headings = new List<Heading>();
        int from = 0;
        while (from < text.Length)
        {
            int unclosed = Collect(file, text, from, headings);
            if (unclosed < 0)
            {
                break;
            }

            // A fence that nobody closes would swallow the rest of the document: go on behind the line that opens it.
            from = LineEnd(text, unclosed);
        }

        return headings;
    }

    /// <returns>Where the document's last block begins if it is a fence without end; otherwise -1.</returns>
    private static int Collect(SourceFile file, string text, int from, List<Heading> headings)
    {
        MarkdownDocument document;
        try
        {
            document = MarkdownParser.Parse(text[from..], Pipeline);
        }
        catch (ArgumentException e)
        {
            throw new CollectionException(CollectionError.TooDeeplyNested, $"{file.RelativePath} cannot be parsed: {e.Message}", [], text.Length);
        }

        foreach (Block block in document)
        {
            if (block is HeadingBlock heading)
            {
                int start = from + heading.Span.Start;
                int end = LineEnd(text, from + Math.Max(heading.Span.Start, heading.Span.End));
                headings.Add(new Heading(heading.Level, Words(text, start, end), start, end));
            }
            else if (block is FencedCodeBlock { ClosingFencedCharCount: 0 } fence && ReferenceEquals(block, document.LastChild))
            {
                return from + fence.Span.Start;
            }
        }

        return -1;
    }

    /// <summary>The heading's line without its marks; of a heading underlined with = or -, the first line.</summary>
    private static string Words(string text, int start, int end)
    {
        string line = text[start..end];
        int newline = line.IndexOf('\n', StringComparison.Ordinal);
        return (newline >= 0 ? line[..newline] : line).Trim().TrimStart('#').Trim().TrimEnd('#').Trim();
    }

    private static int LineEnd(string text, int position)
    {
        int newline = position >= text.Length ? -1 : text.IndexOf('\n', position);
        return newline < 0 ? text.Length : newline + 1;
    }
}
