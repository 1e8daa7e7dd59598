using System.Globalization;
using System.Text;
using AuditIntel.Collectors.Files;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors;

/// <summary>What every record of one file shares.</summary>
internal sealed record ReportContext(SourceFile File, string Text, DateTimeOffset CollectedAt)
{
    /// <summary>A finding, or the dead letter of one without title or body.</summary>
    public Collected Finding(
        string platform, string contest, string nativeId, string title, string body, string? severity, IReadOnlyList<string> authors, string? url, DateTimeOffset? publishedAt)
    {
        string what = $"Finding {nativeId} of {File.RelativePath}";
        if (string.IsNullOrWhiteSpace(title))
        {
            return Refused(platform, nativeId, CollectionError.MissingTitle, $"{what} has no title.", body);
        }

        if (string.IsNullOrWhiteSpace(body))
        {
            return Refused(platform, nativeId, CollectionError.MissingBody, $"{what} has no text below its title.", title);
        }

        return new Collected.OfFinding(new RawFinding
        {
            Platform = platform,
            Contest = contest,
            NativeId = nativeId,
            Url = url,
            Authors = authors,
            SeverityLabel = severity,
            Title = title,
            Body = body,
            SourcePath = File.RelativePath,
            PublishedAt = publishedAt,
            CollectedAt = CollectedAt,
        });
    }

    public Collected Refused(string platform, string place, string errorClass, string message, string fragment) =>
        Letter(platform, $"{File.RelativePath}#{place}", errorClass, message, Encoding.UTF8.GetBytes(fragment));

    private Collected.OfDeadLetter Letter(string platform, string origin, string errorClass, string message, byte[] payload) =>
        new(DeadLetters.Make(platform, File.RelativePath, origin, errorClass, message, payload, payload.Length, CollectedAt));

    /// <summary>A day as text (2021-08-30, or 2021-08) as a time in UTC, or null.</summary>
    public static DateTimeOffset? Day(string? text) =>
        text is not null && DateTimeOffset.TryParseExact(
            text.Trim(), ["yyyy-MM-dd", "yyyy-MM"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset day)
            ? day
            : null;
}
