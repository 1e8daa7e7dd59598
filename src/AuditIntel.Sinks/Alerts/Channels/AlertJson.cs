using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>An alert as JSON, the form of the webhook and of PagerDuty's details.</summary>
internal static class AlertJson
{
    /// <summary>JSON that the function writes.</summary>
    public static ReadOnlyMemory<byte> Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    public static void Write(Utf8JsonWriter json, Alert alert)
    {
        json.WriteStartObject();
        json.WriteString("id", PlainText.Line(alert.Id, AlertFacts.LongestName));
        json.WriteString("state", AlertFacts.State(alert));
        json.WriteString("ruleId", PlainText.Line(alert.RuleId, AlertFacts.LongestName));
        json.WriteString("severity", AlertFacts.Severity(alert));
        json.WriteString("title", AlertFacts.Title(alert));
        json.WriteString("summary", AlertFacts.Summary(alert));
        json.WriteString("deduplicationKey", PlainText.Line(alert.DeduplicationKey, AlertFacts.LongestName));
        WriteText(json, "anomalyId", alert.AnomalyId);
        WriteWhole(json, "chainId", alert.ChainId);
        WriteText(json, "address", alert.Address);
        WriteText(json, "transactionHash", alert.TransactionHash);
        WriteWhole(json, "blockNumber", alert.BlockNumber);
        WriteText(json, "value", alert.Value?.Unscaled.ToString(CultureInfo.InvariantCulture));
        WriteNumber(json, "score", alert.Score);
        WriteNumber(json, "confidence", alert.Confidence);
        json.WriteStartArray("reasons");
        foreach (AnomalyReason reason in alert.Reasons.Take(AlertFacts.MostReasons))
        {
            json.WriteStartObject();
            json.WriteString("feature", PlainText.Line(reason.Feature, AlertFacts.LongestName));
            WriteNumber(json, "value", reason.Value);
            WriteNumber(json, "usualLow", reason.UsualLow);
            WriteNumber(json, "usualHigh", reason.UsualHigh);
            WriteNumber(json, "contribution", reason.Contribution);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("labels");
        foreach (string label in alert.Labels.Take(AlertFacts.MostLabels))
        {
            json.WriteStringValue(PlainText.Line(label, AlertFacts.LongestName));
        }

        json.WriteEndArray();
        json.WriteString("occurredAt", alert.OccurredAt);
        json.WriteString("createdAt", alert.CreatedAt);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, PlainText.Line(text, AlertFacts.LongestName));
        }
    }

    private static void WriteWhole(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }

    // JSON has no infinities and no not-a-number.
    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value && double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
    }
}
