using AngleSharp.Dom;
using AuditIntel.Collectors.Files;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Mapping;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>A report page of Code4rena's site: its text as markdown goes through the parser of report files; the contest is named by the address.</summary>
internal sealed class Code4renaPages : IPageReader
{
    public IEnumerable<Collected> Read(SourcePass pass, FetchedPage page, IDocument document)
    {
        string? Value(FindingField field)
        {
            if (!pass.Source.Fields.Templates.TryGetValue(field, out FieldTemplate? template))
            {
                return null;
            }

            return template.Evaluate(expression =>
            {
                (string selector, string? attribute) = Selector.Split(expression);
                IElement? element = Selector.Find(document.DocumentElement, selector);
                return attribute is not null ? element?.GetAttribute(attribute) : field is FindingField.Body && element is not null ? HtmlMarkdown.Convert(element, page.Address) : element?.TextContent;
            })?.Trim();
        }

        string slug = page.Address.AbsolutePath.TrimEnd('/').Split('/')[^1];
        DateTimeOffset now = pass.Clock.GetUtcNow();
        string markdown = Value(FindingField.Body) ?? "";
        var frontMatter = new Dictionary<string, string>
        {
            ["contest"] = slug,
            ["slug"] = slug,
            ["title"] = Value(FindingField.Title) ?? slug,
            ["findings"] = page.Address.AbsoluteUri,
        };
        if (Value(FindingField.Date) is { } date && Dates.Parse(date, pass.Source.Fields.DateFormat, now) is { } published)
        {
            frontMatter["date"] = published.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        }

        try
        {
            return [.. new ReportReader(Platforms.Code4rena).ReadCode4rena(new ReportContext(new SourceFile($"/{slug}.md", page.Address.AbsoluteUri), markdown, now), frontMatter)];
        }
        catch (CollectionException e)
        {
            return [pass.Mapper.Refused(page.Address, e.ErrorClass, $"Source {pass.Source.Id}: {e.Message}", markdown)];
        }
    }
}
