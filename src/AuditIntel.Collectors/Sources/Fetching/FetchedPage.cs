using System.Text;

namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>An answer.</summary>
internal sealed record FetchedPage
{
    /// <summary>Where it came from in the end.</summary>
    public required Uri Address { get; init; }

    /// <summary>True for 304: there is no body.</summary>
    public bool NotModified { get; init; }

    public int Status { get; init; }

    public byte[] Body { get; init; } = [];

    public string? MediaType { get; init; }

    /// <summary>Charset of the header, if it names one.</summary>
    public string? Charset { get; init; }

    /// <summary>To ask next time; null when the host gave nothing.</summary>
    public PageValidator? Validator { get; init; }

    /// <summary>Target of <c>Link: rel="next"</c>.</summary>
    public Uri? Next { get; init; }

    /// <summary>The body as text.</summary>
    /// <exception cref="FetchException">The bytes are no text.</exception>
    public string Text() => PageText.Decode(this);

    /// <summary>The body for a dead letter, whatever it is.</summary>
    public string TextForPeople() => Encoding.UTF8.GetString(Body);
}
