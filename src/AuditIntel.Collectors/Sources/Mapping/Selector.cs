using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AuditIntel.Collectors.Sources.Mapping;

/// <summary>A CSS selector, with <c>@name</c> behind it for an attribute; <c>@name</c> alone is an attribute of the piece itself.</summary>
internal static class Selector
{
    private static readonly char[] Closers = [']', '"', '\'', ')', ' '];

    /// <returns>What is wrong, or null.</returns>
    public static string? Check(string text)
    {
        (string selector, string? attribute) = Split(text);
        if (selector.Length == 0 && attribute is not null)
        {
            return null;
        }

        try
        {
            using IDocument nothing = new HtmlParser().ParseDocument("");
            nothing.QuerySelector(selector);
            return null;
        }
        catch (DomException)
        {
            return $"'{text}' is no CSS selector.";
        }
    }

    /// <summary>The element that a selector finds in a piece; the piece itself for an empty one.</summary>
    public static IElement? Find(IElement piece, string selector) => selector.Length == 0 ? piece : piece.QuerySelector(selector);

    /// <summary>Selector and attribute of an expression.</summary>
    public static (string Selector, string? Attribute) Split(string text)
    {
        int at = text.LastIndexOf('@');
        return at < 0 || text.AsSpan(at).ContainsAny(Closers) || at == text.Length - 1 ? (text.Trim(), null) : (text[..at].Trim(), text[(at + 1)..]);
    }
}
