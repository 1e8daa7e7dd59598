using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuditIntel.DevStack.Registry;

/// <summary>JSON as the original writes it: no blanks, and no more escapes than JSON asks for.</summary>
internal static class RegistryJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Options);

    public static string Text(JsonNode node) => node.ToJsonString(Options);

    public static JsonArray Array(IEnumerable<int> items) => new([.. items.Select(item => (JsonNode)item)]);

    public static JsonArray Array(IEnumerable<string> items) => new([.. items.Select(item => (JsonNode)item)]);
}
