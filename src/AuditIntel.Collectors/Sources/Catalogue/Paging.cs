namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>How a JSON API gives its next page.</summary>
public sealed record Paging
{
    public PagingKind Kind { get; init; } = PagingKind.None;

    /// <summary>Query parameter of the page's number or cursor.</summary>
    public string Parameter { get; init; } = "page";

    /// <summary>Number of the first page.</summary>
    public int Start { get; init; } = 1;

    /// <summary>Path of the next cursor in the answer.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Most pages in one pass; the next pass goes on behind them.</summary>
    public int MaxPages { get; init; } = 50;
}
