namespace AuditIntel.Collectors.Sources.Catalogue;

/// <summary>How a JSON API gives its next page.</summary>
public enum PagingKind
{
    /// <summary>There is one page.</summary>
    None,

    /// <summary>Pages have numbers; an empty one ends them.</summary>
    Page,

    /// <summary>The answer holds the cursor of the next page; none ends them.</summary>
    Cursor,

    /// <summary>The header <c>Link</c> names the next page (RFC 8288).</summary>
    Link,
}
