using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuditIntel.Cli.Queries;

namespace AuditIntel.Cli.Export;

/// <summary>
/// Patterns as SARIF 2.1.0 (OASIS): a rule for each type, with its recommendation as help and its references as tags, and a result for each example.
/// </summary>
internal static class PatternsSarif
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    public static string Write(IReadOnlyList<PatternRow> patterns)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, patterns);
            json.WriteStartArray("results");
            for (int rule = 0; rule < patterns.Count; rule++)
            {
                foreach (FindingRow example in patterns[rule].Examples)
                {
                    WriteResult(json, patterns[rule], rule, example);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteTool(Utf8JsonWriter json, IReadOnlyList<PatternRow> patterns)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "AuditIntel.Streams");
        json.WriteStartArray("rules");
        foreach (PatternRow pattern in patterns)
        {
            json.WriteStartObject();
            json.WriteString("id", pattern.Type);
            json.WriteString("name", pattern.Name);
            WriteText(json, "shortDescription", pattern.Name);
            WriteText(json, "help", pattern.Recommendation.Length > 0 ? pattern.Recommendation : pattern.Name);
            json.WriteStartObject("properties");
            json.WriteStartArray("tags");
            foreach (string tag in (string[])["security", .. pattern.Swc, .. pattern.Cwe, .. pattern.Owasp is null ? Array.Empty<string>() : [pattern.Owasp]])
            {
                json.WriteStringValue(tag);
            }

            json.WriteEndArray();
            json.WriteNumber("findings", pattern.Findings);
            json.WriteNumber("risk", pattern.Risk);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, PatternRow pattern, int rule, FindingRow example)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", pattern.Type);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", Level(example.Severity));
        WriteText(json, "message", example.Title);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        if (Uri.IsWellFormedUriString(example.Url, UriKind.Absolute))
        {
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", example.Url);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("fullyQualifiedName", $"{example.Platform}/{example.Contest}/{example.NativeId}");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("findingId/v1", example.Id);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Level(string severity) => severity switch
    {
        "critical" or "high" => "error",
        "medium" => "warning",
        _ => "note",
    };
}
