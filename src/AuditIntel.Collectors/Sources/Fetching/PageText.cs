using System.Text;
using System.Text.RegularExpressions;

namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>
/// Bytes as text. A byte order mark decides; then UTF-8, when the bytes are UTF-8 (headers that claim something else are wrong more often than text
/// is UTF-8 by chance); then the charset that the header or the document names.
/// </summary>
internal static partial class PageText
{
    private const int HeadBytes = 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="FetchException">The bytes are no text in any of them.</exception>
    public static string Decode(FetchedPage page)
    {
        ReadOnlySpan<byte> bytes = page.Body;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            string? named = page.Charset ?? InDocument(bytes);
            Encoding? encoding = named is null || named.StartsWith("utf", StringComparison.OrdinalIgnoreCase) ? null : Find(named);
            return encoding?.GetString(bytes) ?? throw new FetchException(
                FetchFault.BadCharset,
                $"{page.Address} is no {named ?? "UTF-8"} at byte {Math.Max(e.Index, 0)}, and says nothing else that it could be.",
                status: page.Status);
        }
    }

    private static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? InDocument(ReadOnlySpan<byte> bytes)
    {
        Match match = Declared().Match(Encoding.Latin1.GetString(bytes[..Math.Min(HeadBytes, bytes.Length)]));
        return match.Success ? match.Groups["name"].Value : null;
    }

    [GeneratedRegex("(charset|encoding)\\s*=\\s*[\"']?(?<name>[A-Za-z0-9_:.-]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Declared();
}
