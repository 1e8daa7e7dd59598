using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Findings;

/// <summary>The column <c>reading</c> of findings: what a model has read in the text, as one JSON object.</summary>
internal static class FindingReading
{
    // The database keeps text, not a web page.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null for a finding that no model has read.</returns>
    public static string? Of(Finding finding)
    {
        if (finding.ModelVersion is null)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("modelVersion", PostgresText.Clean(finding.ModelVersion));
            json.WriteString("severitySource", PostgresText.Clean(finding.SeveritySource));
            if (finding.PredictedSeverity is { } severity)
            {
                json.WriteString("predictedSeverity", FindingRows.Label(severity));
                json.WriteNumber("predictedSeverityConfidence", finding.PredictedSeverityConfidence);
            }

            WriteTypes(json, finding.Types);
            WriteTexts(json, "attackVectors", finding.AttackVectors);
            WriteTexts(json, "preconditions", finding.Preconditions);
            WriteAmounts(json, finding.EconomicImpact);
            WriteTexts(json, "recommendations", finding.Recommendations);
            if (finding.AuthorRecommendation is { } recommendation)
            {
                json.WriteString("authorRecommendation", PostgresText.Clean(recommendation));
            }

            WritePatterns(json, finding.CodePatterns);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteTypes(Utf8JsonWriter json, IReadOnlyList<FindingType> types)
    {
        json.WriteStartArray("types");
        foreach (FindingType type in types)
        {
            json.WriteStartObject();
            json.WriteString("type", PostgresText.Clean(type.TypeId));
            json.WriteNumber("confidence", type.Confidence);
            WriteTexts(json, "evidence", type.Evidence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAmounts(Utf8JsonWriter json, IReadOnlyList<NamedAmount> amounts)
    {
        json.WriteStartArray("economicImpact");
        foreach (NamedAmount amount in amounts)
        {
            json.WriteStartObject();
            if (double.IsFinite(amount.Value))
            {
                json.WriteNumber("value", amount.Value);
            }

            json.WriteString("unit", PostgresText.Clean(amount.Unit));
            json.WriteString("text", PostgresText.Clean(amount.Text));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePatterns(Utf8JsonWriter json, IReadOnlyList<CodePattern> patterns)
    {
        json.WriteStartArray("codePatterns");
        foreach (CodePattern pattern in patterns)
        {
            json.WriteStartObject();
            json.WriteString("type", PostgresText.Clean(pattern.TypeId));
            json.WriteString("pattern", PostgresText.Clean(pattern.Pattern));
            json.WriteNumber("line", pattern.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(PostgresText.Clean(text));
        }

        json.WriteEndArray();
    }
}
