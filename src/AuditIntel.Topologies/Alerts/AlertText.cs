using System.Globalization;
using System.Text;
using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Alerts;

/// <summary>What an alert says to people.</summary>
internal static class AlertText
{
    private const int ReasonsTold = 5;
    private const int LabelsTold = 10;
    private const int LongestSummary = 2000;
    private const int LongestName = 100;

    public static string Severity(AnomalySeverity severity) => severity switch
    {
        AnomalySeverity.None => "unremarkable",
        AnomalySeverity.Low => "low",
        AnomalySeverity.Medium => "medium",
        AnomalySeverity.High => "high",
        AnomalySeverity.Critical => "critical",
        _ => throw new InvalidOperationException($"Severity {severity} has no name."),
    };

    /// <summary>A few sentences; long lists are cut and say so.</summary>
    public static string Summary(ScoredTransaction transaction)
    {
        var text = new StringBuilder();
        string receiver = transaction.To ?? (transaction.CreatedContract is { } created ? $"the new contract {created}" : "a new contract");
        text.Append(CultureInfo.InvariantCulture, $"{transaction.From} sent {EtherAmount.Text(transaction.Value.Unscaled)} to {receiver} in block {transaction.BlockNumber} of chain {transaction.ChainId}");
        text.Append(CultureInfo.InvariantCulture, $", score {transaction.Score:0.00}, confidence {transaction.Confidence:0.00}.");
        for (int i = 0; i < Math.Min(ReasonsTold, transaction.Reasons.Count); i++)
        {
            text.Append(i == 0 ? " Reasons: " : "; ").Append(Reason(transaction.Reasons[i]));
        }

        Rest(text, transaction.Reasons.Count, ReasonsTold);
        for (int i = 0; i < Math.Min(LabelsTold, transaction.Labels.Count); i++)
        {
            text.Append(i == 0 ? " Labels: " : ", ").Append(PlainText.Line(transaction.Labels[i], LongestName));
        }

        Rest(text, transaction.Labels.Count, LabelsTold);
        return PlainText.Line(text.ToString(), LongestSummary);
    }

    private static string Reason(AnomalyReason reason)
    {
        string usual = (reason.UsualLow, reason.UsualHigh) switch
        {
            ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $" (usually {low:G4} to {high:G4})"),
            (null, { } high) => string.Create(CultureInfo.InvariantCulture, $" (usually at most {high:G4})"),
            ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $" (usually at least {low:G4})"),
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{PlainText.Line(reason.Feature, LongestName)} {reason.Value:G6}{usual}");
    }

    private static void Rest(StringBuilder text, int count, int told)
    {
        if (count > told)
        {
            text.Append(CultureInfo.InvariantCulture, $" and {count - told} more");
        }

        if (count > 0)
        {
            text.Append('.');
        }
    }
}
