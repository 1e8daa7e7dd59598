using System.Globalization;
using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Delivery;

/// <summary>One alert that stands for many: how many were left out, how severe they were, and the first of them.</summary>
internal static class AlertDigest
{
    public const string RuleId = "left-out";

    private const int Told = 10;
    private const int LongestTitle = 80;

    public static Alert Of(string channel, IReadOnlyList<AlertDelivery> deliveries)
    {
        Alert first = deliveries[0].Alert;
        Alert last = deliveries[^1].Alert;
        var summary = new StringBuilder();
        summary.AppendJoin(", ", deliveries.GroupBy(each => each.Alert.Severity).OrderByDescending(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}")));
        summary.Append(". ");
        summary.AppendJoin("; ", deliveries.Take(Told).Select(each => (each.Alert.Resolved ? "resolved: " : "") + PlainText.Line(each.Alert.Title, LongestTitle)));
        summary.Append(deliveries.Count > Told ? string.Create(CultureInfo.InvariantCulture, $"; and {deliveries.Count - Told} more.") : ".");
        return new Alert
        {
            Id = AlertId.Of(RuleId, string.Create(CultureInfo.InvariantCulture, $"{channel}/{first.Id}/{last.Id}/{deliveries.Count}")),
            RuleId = RuleId,
            Severity = deliveries.Max(each => each.Alert.Severity),
            Title = string.Create(CultureInfo.InvariantCulture, $"{deliveries.Count} alerts were left out here: more came than '{channel}' takes. The topic has them all."),
            Summary = summary.ToString(),
            DeduplicationKey = channel,
            Channels = [channel],
            OccurredAt = deliveries.Max(each => each.Alert.OccurredAt),
            CreatedAt = deliveries.Max(each => each.Alert.CreatedAt),
        };
    }
}
