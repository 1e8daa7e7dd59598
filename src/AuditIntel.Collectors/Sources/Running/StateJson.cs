using System.Text.Json.Serialization;

namespace AuditIntel.Collectors.Sources.Running;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StateToken))]
internal sealed partial class StateJson : JsonSerializerContext;
