using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>PagerDuty Events API v2 (https://developer.pagerduty.com/docs/send-alert-event): trigger and resolve, with the alert's id as dedup_key.</summary>
internal sealed class PagerDutyChannel(ChannelAddress service, ChannelSecret routingKey, TimeProvider clock) : IAlertChannel
{
    private readonly HttpSender _sender = new(service.At("/v2/enqueue").Url, [routingKey], clock);

    public Task SendAsync(Alert alert, CancellationToken cancellationToken) =>
        _sender.PostAsync(
            AlertJson.Of(json =>
            {
                json.WriteStartObject();
                json.WriteString("routing_key", routingKey.Reveal());
                json.WriteString("event_action", alert.Resolved ? "resolve" : "trigger");
                json.WriteString("dedup_key", PlainText.Line(alert.Id, AlertFacts.LongestName));
                json.WriteString("client", "AuditIntel.Streams");
                json.WriteStartObject("payload");
                json.WriteString("summary", AlertFacts.Headline(alert));
                json.WriteString("source", Source(alert));
                json.WriteString("severity", Severity(alert.Severity));
                json.WriteString("timestamp", alert.OccurredAt);
                json.WriteString("group", PlainText.Line(alert.DeduplicationKey, AlertFacts.LongestName));
                json.WriteString("class", PlainText.Line(alert.RuleId, AlertFacts.LongestName));
                json.WritePropertyName("custom_details");
                AlertJson.Write(json, alert);
                json.WriteEndObject();
                json.WriteEndObject();
            }),
            [],
            cancellationToken);

    public void Dispose() => _sender.Dispose();

    private static string Source(Alert alert) =>
        PlainText.Line(alert.ChainId is { } chain ? ChainKey.Of(chain, alert.Address ?? "") : "auditintel", AlertFacts.LongestName);

    // PagerDuty knows four.
    private static string Severity(AnomalySeverity severity) => severity switch
    {
        AnomalySeverity.Critical => "critical",
        AnomalySeverity.High => "error",
        AnomalySeverity.Medium => "warning",
        _ => "info",
    };
}
