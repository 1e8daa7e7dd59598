using System.Globalization;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>What channels tell of an alert, clean and cut: alerts come from a topic that others may write, too.</summary>
internal static class AlertFacts
{
    public const int LongestTitle = 200;
    public const int LongestSummary = 2000;
    public const int LongestName = 200;
    public const int MostReasons = 10;
    public const int MostLabels = 20;

    /// <summary>Key that makes a delivery idempotent: the alert's id, and for its resolution another one.</summary>
    public static string IdempotencyKey(Alert alert) => PlainText.Line(alert.Id, LongestName) + (alert.Resolved ? ".resolved" : "");

    public static string State(Alert alert) => alert.Resolved ? "resolved" : "firing";

    public static string Severity(Alert alert) => alert.Severity switch
    {
        AnomalySeverity.None => "info",
        AnomalySeverity.Low => "low",
        AnomalySeverity.Medium => "medium",
        AnomalySeverity.High => "high",
        AnomalySeverity.Critical => "critical",
        _ => throw new InvalidOperationException($"Severity {alert.Severity} has no name."),
    };

    /// <summary>One line with the state or severity in front.</summary>
    public static string Headline(Alert alert) =>
        PlainText.Line($"[{(alert.Resolved ? "RESOLVED" : Severity(alert).ToUpperInvariant())}] {Title(alert)}", LongestTitle);

    public static string Title(Alert alert) => PlainText.Line(alert.Title, LongestTitle);

    public static string Summary(Alert alert) => PlainText.Line(alert.Summary, LongestSummary);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>What is known, as names and values for people.</summary>
    public static IEnumerable<(string Name, string Value)> Details(Alert alert)
    {
        yield return ("Rule", PlainText.Line(alert.RuleId, LongestName));
        if (alert.ChainId is { } chain)
        {
            yield return ("Chain", chain.ToString(CultureInfo.InvariantCulture));
        }

        if (alert.Address is { } address)
        {
            yield return ("Address", PlainText.Line(address, LongestName));
        }

        if (alert.TransactionHash is { } hash)
        {
            yield return ("Transaction", PlainText.Line(hash, LongestName));
        }

        if (alert.BlockNumber is { } block)
        {
            yield return ("Block", block.ToString(CultureInfo.InvariantCulture));
        }

        if (alert.Score is { } score)
        {
            yield return ("Score", score.ToString("0.00", CultureInfo.InvariantCulture));
        }

        yield return ("Time", Time(alert.OccurredAt));
        yield return ("Alert", PlainText.Line(alert.Id, LongestName));
    }
}
