using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuditIntel.Cli.Display;

/// <summary>The JSON form of a prediction: camel case, one object, indented.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PredictionAnswer))]
internal sealed partial class PredictionJson : JsonSerializerContext
{
    public static string Write(PredictionAnswer answer) => JsonSerializer.Serialize(answer, Default.PredictionAnswer);
}
