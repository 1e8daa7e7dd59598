using AngleSharp.Dom;
using AuditIntel.Collectors.Sources.Fetching;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>Makes records of one page.</summary>
internal interface IPageReader
{
    /// <exception cref="FetchException">The page is not what the mapping expects.</exception>
    IEnumerable<Collected> Read(SourcePass pass, FetchedPage page, IDocument document);
}
