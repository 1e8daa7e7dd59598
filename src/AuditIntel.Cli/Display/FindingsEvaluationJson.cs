using System.Text.Json;
using System.Text.Json.Serialization;
using AuditIntel.Intelligence.Findings.Evaluation;

namespace AuditIntel.Cli.Display;

/// <summary>The JSON form of an evaluation of findings: camel case, one object, indented; what cannot be measured is "NaN".</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(FindingsEvaluationResult))]
internal sealed partial class FindingsEvaluationJson : JsonSerializerContext
{
    public static string Write(FindingsEvaluationResult result) => JsonSerializer.Serialize(result, Default.FindingsEvaluationResult);
}
