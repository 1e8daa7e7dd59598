using System.Text.Json.Serialization;
using AuditIntel.Cli.Queries;

namespace AuditIntel.Cli.Display;

/// <summary>The JSON form of answers: camel case, indented.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<FindingRow>))]
[JsonSerializable(typeof(IReadOnlyList<PatternRow>))]
[JsonSerializable(typeof(TrendAnswer))]
internal sealed partial class QueryJson : JsonSerializerContext;
