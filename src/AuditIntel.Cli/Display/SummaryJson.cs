using System.Text.Json;
using System.Text.Json.Serialization;
using AuditIntel.Cli.Ingestion;

namespace AuditIntel.Cli.Display;

/// <summary>The JSON form of a summary: camel case, one object, indented.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IngestionSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext
{
    public static string Write(IngestionSummary summary) => JsonSerializer.Serialize(summary, Default.IngestionSummary);
}
