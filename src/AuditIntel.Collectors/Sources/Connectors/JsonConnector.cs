using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Mapping;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>JSON over HTTP, page by page. An interrupted pass goes on with the page that comes next.</summary>
internal sealed class JsonConnector : ISourceConnector
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, MaxDepth = 128 };

    public async IAsyncEnumerable<SourceBatch> ReadAsync(SourcePass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Uri first = pass.Source.Paging.Kind is PagingKind.Page ? PageAddress(pass.Source, pass.Source.Paging.Start) : pass.Source.Url;
        Uri? at = pass.State.Resume ?? first;
        PageValidator? validator = null;
        var seen = new HashSet<string>();
        for (int i = 0; at is not null && i < pass.Source.Paging.MaxPages && seen.Add(at.AbsoluteUri); i++)
        {
            FetchedPage page = await pass.FetchAsync(at, "application/json, */*;q=0.1", conditional: at == first, cancellationToken).ConfigureAwait(false);
            if (page.NotModified)
            {
                yield break;
            }

            validator = at == first ? page.Validator : validator;
            using JsonDocument document = Parse(page);
            JsonElement[] items = Items(pass.Source, page, document.RootElement);
            at = Next(pass.Source, at, page, document.RootElement, items.Length);
            yield return new SourceBatch([.. pass.Mapper.Map(page.Address, items.Select(item => Draft(pass.Source, item, page.Address)))]) { Resume = at };
        }

        // With more pages than one pass takes, the next pass goes on behind them: the first page must not end it.
        if (at is null)
        {
            yield return SourcePass.Done(first, validator);
        }
    }

    private static JsonDocument Parse(FetchedPage page)
    {
        string text = page.Text();
        try
        {
            return JsonDocument.Parse(text, Lenient);
        }
        catch (JsonException e)
        {
            throw SourcePass.Malformed(
                page, string.Create(CultureInfo.InvariantCulture, $"is no JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine}; it may have been cut."), e);
        }
    }

    private static JsonElement[] Items(SourceDefinition source, FetchedPage page, JsonElement root)
    {
        JsonElement[] found = [.. JsonPath.Parse(source.Fields.Items).Select(root)];

        // A path that leads to a list means its members.
        JsonElement[] items = found is [{ ValueKind: JsonValueKind.Array } list] ? [.. list.EnumerateArray()] : found;
        if (found.Length == 0 && !LeadsToEmptyList(source.Fields.Items, root))
        {
            throw SourcePass.Malformed(page, $"has nothing at '{source.Fields.Items}', where its items should be.");
        }

        return items;
    }

    private static bool LeadsToEmptyList(string path, JsonElement root)
    {
        string parent = path.EndsWith("[*]", StringComparison.Ordinal) ? path[..^3] : path;
        return JsonPath.Parse(parent).Select(root).Any(element => element.ValueKind is JsonValueKind.Array);
    }

    private static FindingDraft Draft(SourceDefinition source, JsonElement item, Uri address) => FindingDraft.Of(
        source.Fields.Templates,
        (field, path) => JsonPath.Parse(path).Text(item) is { } text
            ? field is FindingField.Body && source.Fields.BodyIsHtml ? HtmlMarkdown.Convert(text, address) : text
            : null,
        item.GetRawText());

    private static Uri? Next(SourceDefinition source, Uri at, FetchedPage page, JsonElement root, int items)
    {
        switch (source.Paging.Kind)
        {
            case PagingKind.Link:
                return page.Next;
            case PagingKind.Cursor:
                string? cursor = JsonPath.Parse(source.Paging.Cursor).Text(root);
                return string.IsNullOrEmpty(cursor) ? null : WithParameter(source.Url, source.Paging.Parameter, cursor);
            case PagingKind.Page:
                return items == 0 ? null : PageAddress(source, NumberOf(at, source) + 1);
            default:
                return null;
        }
    }

    private static int NumberOf(Uri address, SourceDefinition source)
    {
        string mark = source.Paging.Parameter + "=";
        string? part = address.Query.TrimStart('?').Split('&').FirstOrDefault(each => each.StartsWith(mark, StringComparison.Ordinal));
        return part is not null && int.TryParse(part.AsSpan(mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : source.Paging.Start;
    }

    private static Uri PageAddress(SourceDefinition source, int number) =>
        WithParameter(source.Url, source.Paging.Parameter, number.ToString(CultureInfo.InvariantCulture));

    private static Uri WithParameter(Uri address, string name, string value)
    {
        IEnumerable<string> others = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !part.StartsWith(name + "=", StringComparison.Ordinal));
        return new UriBuilder(address) { Query = string.Join('&', [.. others, $"{name}={Uri.EscapeDataString(value)}"]) }.Uri;
    }
}
