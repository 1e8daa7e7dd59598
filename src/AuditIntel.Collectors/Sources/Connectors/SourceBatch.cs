using AuditIntel.Collectors.Sources.Fetching;

namespace AuditIntel.Collectors.Sources.Connectors;

/// <summary>What one step of a pass brought. Everything but the records is kept in the cursor once the records are on their topics.</summary>
/// <param name="Items">Records in order.</param>
internal sealed record SourceBatch(IReadOnlyList<Collected> Items)
{
    /// <summary>A document of a repository and the hash that says which version was read.</summary>
    public (string Name, string Hash)? Document { get; init; }

    /// <summary>What to ask a page with next time; only when nothing that hangs on the page is left to do.</summary>
    public (Uri Page, PageValidator Validator)? Validator { get; init; }

    /// <summary>Where the pass goes on if it ends here; null to leave what was said before.</summary>
    public Uri? Resume { get; init; }

    /// <summary>Nothing is left of the pass: the next one begins at the beginning.</summary>
    public bool Ends { get; init; }
}
