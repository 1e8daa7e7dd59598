using System.Text.Json.Serialization;

namespace AuditIntel.Cli.Pipeline;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RunningStack))]
[JsonSerializable(typeof(RememberedPorts))]
internal sealed partial class RunningStackJson : JsonSerializerContext;
