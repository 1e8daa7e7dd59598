using System.Text.Json;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>
/// Slack's incoming webhook (https://api.slack.com/messaging/webhooks) with blocks. Everything is plain_text, which knows no markup; the three characters
/// that Slack reads in any text (https://api.slack.com/reference/surfaces/formatting#escaping) are escaped, so that nobody can be mentioned.
/// </summary>
internal sealed class SlackChannel(ChannelAddress address, TimeProvider clock) : IAlertChannel
{
    // Limits of Block Kit: 150 characters in a header, 2000 in a field, 10 fields in a section. Escaping makes one character five.
    private const int LongestHeader = 150;
    private const int LongestSection = 3000;
    private const int LongestField = 2000;
    private const int MostFields = 10;

    private readonly HttpSender _sender = new(address.Url, address.Secrets(), clock);

    public Task SendAsync(Alert alert, CancellationToken cancellationToken) =>
        _sender.PostAsync(AlertJson.Of(json => Write(json, alert)), [("Idempotency-Key", AlertFacts.IdempotencyKey(alert))], cancellationToken);

    public void Dispose() => _sender.Dispose();

    /// <summary>The text escaped, and cut where the escaped form would be too long.</summary>
    internal static string Escape(string text, int longest)
    {
        for (int length = Math.Min(text.Length, longest); ; length -= Math.Max(1, length / 10))
        {
            string escaped = (length < text.Length ? PlainText.Line(text, Math.Max(length, 4)) : text)
                .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
            if (escaped.Length <= longest)
            {
                return escaped;
            }
        }
    }

    private static void Write(Utf8JsonWriter json, Alert alert)
    {
        string headline = AlertFacts.Headline(alert);
        json.WriteStartObject();
        json.WriteString("text", Escape(headline, LongestSection));
        json.WriteBoolean("mrkdwn", false);
        json.WriteStartArray("blocks");
        json.WriteStartObject();
        json.WriteString("type", "header");
        WritePlain(json, "text", headline, LongestHeader);
        json.WriteEndObject();
        string summary = AlertFacts.Summary(alert);
        if (summary.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "section");
            WritePlain(json, "text", summary, LongestSection);
            json.WriteEndObject();
        }

        json.WriteStartObject();
        json.WriteString("type", "section");
        json.WriteStartArray("fields");
        foreach ((string name, string value) in AlertFacts.Details(alert).Take(MostFields))
        {
            WritePlain(json, null, $"{name}: {value}", LongestField);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePlain(Utf8JsonWriter json, string? name, string text, int longest)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartObject();
        json.WriteString("type", "plain_text");
        json.WriteString("text", Escape(text, longest));
        json.WriteBoolean("emoji", false);
        json.WriteEndObject();
    }
}
