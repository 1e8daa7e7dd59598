using System.Text;
using System.Text.Json.Nodes;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary>Body of an answer.</summary>
internal readonly record struct Answer(byte[] Body)
{
    public static Answer Json(JsonNode node) => new(RegistryJson.Bytes(node));

    /// <summary>A schema's bare text.</summary>
    public static Answer Text(string text) => new(Encoding.UTF8.GetBytes(text));
}
