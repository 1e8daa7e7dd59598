using System.Text.Json;
using System.Text.Json.Serialization;
using AuditIntel.Intelligence.Transactions.Evaluation;

namespace AuditIntel.Cli.Display;

/// <summary>The JSON form of an evaluation: camel case, one object, indented.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EvaluationResult))]
internal sealed partial class EvaluationJson : JsonSerializerContext
{
    public static string Write(EvaluationResult result) => JsonSerializer.Serialize(result, Default.EvaluationResult);
}
