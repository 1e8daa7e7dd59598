using System.Runtime.CompilerServices;
using System.Xml;
using System.Xml.Linq;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Mapping;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>RSS (0.9x, 1.0, 2.0) and Atom (RFC 4287). An item without text has its title as text: an alert is often no longer.</summary>
internal sealed class FeedConnector : ISourceConnector
{
    private const string Accept = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1";

    public async IAsyncEnumerable<SourceBatch> ReadAsync(SourcePass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FetchedPage page = await pass.FetchAsync(pass.Source.Url, Accept, conditional: true, cancellationToken).ConfigureAwait(false);
        if (page.NotModified)
        {
            yield break;
        }

        XElement root = Parse(page);
        XElement[] items = [.. root.DescendantsAndSelf().Where(element => element.Name.LocalName is "item" or "entry")];
        bool isFeed = root.Name.LocalName is "rss" or "feed" or "RDF";
        if (!isFeed)
        {
            throw SourcePass.Malformed(page, $"is no feed: its root is <{root.Name.LocalName}>.");
        }

        yield return new SourceBatch([.. pass.Mapper.Map(page.Address, items.Select(item => Draft(item, page.Address)))]);
        yield return SourcePass.Done(pass.Source.Url, page.Validator);
    }

    private static XElement Parse(FetchedPage page)
    {
        var settings = new XmlReaderSettings
        {
            // No entities of the document's own: neither files nor a billion laughs.
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            CheckCharacters = false,
        };
        try
        {
            using var reader = XmlReader.Create(new StringReader(page.Text().TrimStart('\ufeff', ' ', '\r', '\n', '\t')), settings);
            return XDocument.Load(reader).Root!;
        }
        catch (XmlException e)
        {
            throw SourcePass.Malformed(page, $"is no well-formed feed: {e.Message}", e);
        }
    }

    private static FindingDraft Draft(XElement item, Uri address)
    {
        string? html = Text(item, "encoded") ?? Markup(item, "content") ?? Text(item, "description") ?? Markup(item, "summary");
        string body = html is null ? "" : HtmlMarkdown.Convert(html, address);
        string? title = Text(item, "title") is { } raw ? HtmlMarkdown.Plain(raw) : null;
        return new FindingDraft
        {
            Id = Text(item, "guid") ?? Text(item, "id") ?? Link(item),
            Title = title,
            Body = body.Length > 0 ? body : title,
            Url = Link(item),
            Date = Text(item, "pubDate") ?? Text(item, "published") ?? Text(item, "date") ?? Text(item, "updated"),
            Authors = Text(item, "creator") ?? item.Elements().FirstOrDefault(each => each.Name.LocalName == "author")?.Elements().FirstOrDefault(each => each.Name.LocalName == "name")?.Value.Trim()
                ?? Text(item, "author"),
            Original = item.ToString(SaveOptions.DisableFormatting),
        };
    }

    private static string? Text(XElement item, string name)
    {
        string? value = item.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>An Atom text, which may hold elements instead of escaped markup (type xhtml).</summary>
    private static string? Markup(XElement item, string name)
    {
        XElement? element = item.Elements().FirstOrDefault(each => each.Name.LocalName == name);
        return element is { HasElements: true } ? string.Concat(element.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting))) : Text(item, name);
    }

    private static string? Link(XElement item)
    {
        XElement[] links = [.. item.Elements().Where(element => element.Name.LocalName == "link")];
        XElement? atom = links.FirstOrDefault(link => (link.Attribute("rel")?.Value ?? "alternate") == "alternate" && link.Attribute("href") is not null);
        string? address = atom?.Attribute("href")?.Value ?? links.Select(link => link.Value.Trim()).FirstOrDefault(value => value.Length > 0);
        return address ?? (Text(item, "guid") is { } id && id.StartsWith("http", StringComparison.Ordinal) ? id : null);
    }
}
