using System.Text.Json.Serialization;

namespace AuditIntel.Intelligence.Transactions.Artefacts;

/// <summary>The JSON form of the header: camel case, enumerations by name.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ArtefactHeader))]
internal sealed partial class ArtefactJson : JsonSerializerContext;
