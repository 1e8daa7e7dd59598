using AngleSharp.Dom;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Mapping;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>Findings of a page by selectors; the body becomes markdown.</summary>
internal sealed class SelectedPages : IPageReader
{
    public IEnumerable<Collected> Read(SourcePass pass, FetchedPage page, IDocument document)
    {
        string items = pass.Source.Fields.Items;
        IElement[] pieces = items.Length > 0 ? [.. document.QuerySelectorAll(items)] : [document.DocumentElement];
        if (pieces.Length == 0)
        {
            throw SourcePass.Malformed(page, $"has no element for 'items' ({items}); the page has changed, or needs a browser.");
        }

        // Built here, so that records do not outlive the document that they are read from.
        return [.. pass.Mapper.Map(page.Address, pieces.Select(piece => Draft(pass, page, piece)))];
    }

    private static FindingDraft Draft(SourcePass pass, FetchedPage page, IElement piece) => FindingDraft.Of(
        pass.Source.Fields.Templates, (field, expression) => Value(field, expression, piece, page.Address), piece.OuterHtml);

    private static string? Value(FindingField field, string expression, IElement piece, Uri address)
    {
        (string selector, string? attribute) = Selector.Split(expression);
        IElement? element = Selector.Find(piece, selector);
        if (element is null)
        {
            return null;
        }

        if (attribute is not null)
        {
            return element.GetAttribute(attribute);
        }

        return field is FindingField.Body
            ? HtmlMarkdown.Convert(element, address)
            : field is FindingField.Authors
                ? string.Join(", ", piece.QuerySelectorAll(selector).Select(each => each.TextContent.Trim()))
                : element.TextContent;
    }
}
