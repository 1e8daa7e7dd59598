using System.Globalization;
using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>
/// Prometheus Alertmanager, API v2 (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml). Its alerts are known by their labels: the
/// resolution has the same ones and an end that has come. An alert that is not resolved ends after a time of its own.
/// </summary>
internal sealed class AlertmanagerChannel : IAlertChannel
{
    private readonly HttpSender _sender;
    private readonly List<(string Name, string Value)> _headers = [];
    private readonly TimeSpan _lasts;
    private readonly TimeProvider _clock;

    /// <param name="server">Base address.</param>
    /// <param name="user">User of basic authentication; null to send the secret as a bearer token.</param>
    /// <param name="secret">Password or token; null for none.</param>
    /// <param name="lasts">How long an alert stands that nothing resolves.</param>
    /// <param name="clock">Time of sending.</param>
    public AlertmanagerChannel(ChannelAddress server, string? user, ChannelSecret? secret, TimeSpan lasts, TimeProvider clock)
    {
        var secrets = new List<ChannelSecret>(server.Secrets(secret));
        (_lasts, _clock) = (lasts, clock);
        if (secret is not null)
        {
            string token = user is null ? secret.Reveal() : Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret.Reveal()}"));
            secrets.Add(new ChannelSecret(token));
            _headers.Add(("Authorization", (user is null ? "Bearer " : "Basic ") + token));
        }

        _sender = new HttpSender(server.At("/api/v2/alerts").Url, secrets, clock);
    }

    public Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        DateTimeOffset start = alert.OccurredAt < now ? alert.OccurredAt : now;
        return _sender.PostAsync(
            AlertJson.Of(json =>
            {
                json.WriteStartArray();
                json.WriteStartObject();
                json.WriteStartObject("labels");
                json.WriteString("alertname", PlainText.Line(alert.RuleId, AlertFacts.LongestName));
                json.WriteString("alert_id", PlainText.Line(alert.Id, AlertFacts.LongestName));
                json.WriteString("severity", AlertFacts.Severity(alert));
                if (alert.ChainId is { } chain)
                {
                    json.WriteString("chain", chain.ToString(CultureInfo.InvariantCulture));
                }

                if (alert.Address is { } address)
                {
                    json.WriteString("address", PlainText.Line(address, AlertFacts.LongestName));
                }

                json.WriteEndObject();
                json.WriteStartObject("annotations");
                json.WriteString("summary", AlertFacts.Title(alert));
                json.WriteString("description", AlertFacts.Summary(alert));
                json.WriteEndObject();
                json.WriteString("startsAt", start);
                json.WriteString("endsAt", alert.Resolved ? now : now + _lasts);
                json.WriteEndObject();
                json.WriteEndArray();
            }),
            _headers,
            cancellationToken);
    }

    public void Dispose() => _sender.Dispose();
}
