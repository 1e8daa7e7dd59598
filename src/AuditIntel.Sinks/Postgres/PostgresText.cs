using System.Buffers;
using System.Text;

namespace AuditIntel.Sinks.Postgres;

/// <summary>
/// Makes text storable: PostgreSQL's text has no NUL, and a surrogate without its twin has no UTF-8 form. NUL is left out, a lone surrogate
/// becomes U+FFFD. Text that is clean (nearly all) is returned as it is after one vectorised scan.
/// </summary>
internal static class PostgresText
{
    private static readonly string[] None = [];

    public static string Clean(string text) =>
        text.AsSpan().Contains('\0') || text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 ? CleanSlowly(text) : text;

    public static string? CleanOrNull(string? text) => text is null ? null : Clean(text);

    /// <summary>An array that the binary COPY can write, every element clean.</summary>
    public static string[] Clean(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return None;
        }

        var clean = new string[texts.Count];
        for (var i = 0; i < clean.Length; i++)
        {
            clean[i] = Clean(texts[i]);
        }

        return clean;
    }

    private static string CleanSlowly(string text)
    {
        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var wellFormed = Rune.DecodeFromUtf16(rest, out var rune, out var consumed) == OperationStatus.Done;
            if (!wellFormed || rune.Value != 0)
            {
                result.Append((wellFormed ? rune : Rune.ReplacementChar).ToString());
            }

            rest = rest[consumed..];
        }

        return result.ToString();
    }
}
