using System.Globalization;
using System.Runtime.CompilerServices;
using AngleSharp.Dom;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Mapping;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>Listings in HTML and the pages that they link to.</summary>
internal sealed class PagesConnector(IPageReader reader) : ISourceConnector
{
    private const string Accept = "text/html, application/xhtml+xml, */*;q=0.1";
    private const int MostLinks = 2000;

    public async IAsyncEnumerable<SourceBatch> ReadAsync(SourcePass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Uri first = pass.Source.Url;
        Uri? at = pass.State.Resume ?? first;
        PageValidator? validator = null;
        var broken = new BrokenPages(pass.Source.Id);
        var seen = new HashSet<string>();
        for (int i = 0; at is not null && i < pass.Source.Paging.MaxPages && seen.Add(at.AbsoluteUri); i++)
        {
            FetchedPage page = await pass.FetchAsync(at, Accept, conditional: at == first, cancellationToken).ConfigureAwait(false);
            if (page.NotModified)
            {
                yield break;
            }

            validator = at == first ? page.Validator : validator;
            using IDocument document = Parse(page);
            Uri? next = NextOf(pass, page, document);
            if (pass.Source.Fields.Links.Length == 0)
            {
                yield return new SourceBatch([.. reader.Read(pass, page, document)]) { Resume = next };
            }
            else
            {
                foreach (Uri link in LinksOf(pass, page, document))
                {
                    if (await LinkedAsync(pass, link, broken, cancellationToken).ConfigureAwait(false) is { } batch)
                    {
                        yield return batch;
                    }
                }

                // With a broken page behind it a listing is not done: the next pass looks at it again.
                yield return new SourceBatch([]) { Resume = broken.First is null ? next : null };
            }

            at = next;
        }

        broken.ThrowIfAny();
        if (at is null)
        {
            yield return SourcePass.Done(first, validator);
        }
    }

    private async Task<SourceBatch?> LinkedAsync(SourcePass pass, Uri link, BrokenPages broken, CancellationToken cancellationToken)
    {
        try
        {
            FetchedPage page = await pass.FetchAsync(link, Accept, conditional: true, cancellationToken).ConfigureAwait(false);
            broken.Good();
            if (page.NotModified)
            {
                return null;
            }

            using IDocument document = Parse(page);
            return new SourceBatch([.. reader.Read(pass, page, document)]) { Validator = page.Validator is { } given ? (link, given) : null };
        }
        catch (FetchException e) when (broken.Keep(e))
        {
            return e.Fault is FetchFault.Malformed ? new SourceBatch([pass.Mapper.Refused(link, CollectionError.MalformedDocument, e.Message, e.Document ?? "")]) : null;
        }
    }

    private static IDocument Parse(FetchedPage page) => HtmlNesting.Parse(page.Text());

    private static Uri[] LinksOf(SourcePass pass, FetchedPage page, IDocument document)
    {
        Uri[] links =
        [
            .. document.QuerySelectorAll(pass.Source.Fields.Links)
                .Select(element => Target(element, page.Address))
                .OfType<Uri>()
                .DistinctBy(link => link.AbsoluteUri),
        ];
        if (links.Length == 0)
        {
            throw SourcePass.Malformed(page, $"has no link for 'links' ({pass.Source.Fields.Links}); the page has changed, or needs a browser.");
        }

        return links.Length <= MostLinks
            ? links
            : throw SourcePass.Malformed(page, string.Create(CultureInfo.InvariantCulture, $"has {links.Length} links for 'links', more than {MostLinks}; choose them more narrowly."));
    }

    private static Uri? NextOf(SourcePass pass, FetchedPage page, IDocument document) =>
        pass.Source.Fields.Next.Length > 0 && document.QuerySelector(pass.Source.Fields.Next) is { } next ? Target(next, page.Address) : null;

    /// <summary>Without the fragment: two places of one page are one page.</summary>
    private static Uri? Target(IElement element, Uri address)
    {
        string? target = element.GetAttribute("href");
        return !string.IsNullOrWhiteSpace(target) && target[0] != '#' && Uri.TryCreate(address, target, out Uri? url) && url.Scheme is "http" or "https"
            ? new Uri(url.GetLeftPart(UriPartial.Query))
            : null;
    }
}
