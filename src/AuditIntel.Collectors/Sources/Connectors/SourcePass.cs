using AuditIntel.Collectors.Sources.Catalogue;
using AuditIntel.Collectors.Sources.Fetching;
using AuditIntel.Collectors.Sources.Mapping;
using AuditIntel.Collectors.Sources.Running;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>What a connector works with in one pass over its source.</summary>
internal sealed class SourcePass(SourceDefinition source, SourceFetcher fetcher, SourceState state, TimeProvider clock)
{
    public SourceDefinition Source => source;

    public TimeProvider Clock => clock;

    /// <summary>What earlier passes left; connectors read it only.</summary>
    public SourceState State => state;

    public FindingMapper Mapper { get; } = new(source, clock);

    /// <summary>Pages fetched that were as before.</summary>
    public int NotModified { get; private set; }

    /// <summary>Fetches a page, conditionally where the state has its validator.</summary>
    public async Task<FetchedPage> FetchAsync(Uri address, string accept, bool conditional, CancellationToken cancellationToken)
    {
        FetchedPage page = await fetcher.FetchAsync(address, conditional ? state.ValidatorOf(address) : null, accept, cancellationToken).ConfigureAwait(false);
        NotModified += page.NotModified ? 1 : 0;
        return page;
    }

    /// <summary>The batch that ends a page's work.</summary>
    public static SourceBatch Done(Uri page, PageValidator? validator) => new([]) { Validator = validator is null ? null : (page, validator), Ends = true };

    /// <summary>A document that is not what its kind says.</summary>
    public static FetchException Malformed(FetchedPage page, string message, Exception? inner = null) =>
        new(FetchFault.Malformed, $"{page.Address} {message}", status: page.Status, innerException: inner) { Document = page.TextForPeople() };
}
