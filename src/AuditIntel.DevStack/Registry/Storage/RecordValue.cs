using System.Text.Json;
using System.Text.Json.Nodes;
using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Settings;

namespace AuditIntel.DevStack.Registry.Storage;

/// <summary>
/// Values of the records: JSON with the original's fields in its order, empty ones left out (classes <c>SchemaValue</c>, <c>ConfigValue</c> and so on of
/// confluentinc/schema-registry). Fields that only the original knows are kept when a value is written again.
/// </summary>
internal static class RecordValue
{
    public static byte[] Schema(string subject, int version, int id, SchemaContent content)
    {
        var value = new JsonObject { ["subject"] = subject, ["version"] = version, ["id"] = id, ["md5"] = content.Md5() };
        if (content.Type != SchemaContent.Avro)
        {
            value["schemaType"] = content.Type;
        }

        if (content.References.Count > 0)
        {
            value["references"] = References(content.References);
        }

        value["schema"] = content.Text;
        value["deleted"] = false;
        return RegistryJson.Bytes(value);
    }

    /// <summary>The same version, deleted softly.</summary>
    public static byte[] Deleted(SchemaVersion version)
    {
        JsonNode value = JsonNode.Parse(version.Value)!;
        value["deleted"] = true;
        return RegistryJson.Bytes(value);
    }

    public static byte[] Mode(string? subject, RegistryMode mode) => RegistryJson.Bytes(WithSubject(subject, "mode", mode.Name()));

    public static byte[] DeleteSubject(string subject, int version) => RegistryJson.Bytes(WithSubject(subject, "version", version));

    public static byte[] ClearSubject(string? subject) => RegistryJson.Bytes(subject is null ? [] : new JsonObject { ["subject"] = subject });

    public static JsonArray References(IReadOnlyList<SchemaReference> references) => new(
    [
        .. references.Select(reference => new JsonObject { ["name"] = reference.Name, ["subject"] = reference.Subject, ["version"] = reference.Version }),
    ]);

    /// <exception cref="FormatException">It is no value of this layout.</exception>
    public static SchemaVersion ReadSchema(RecordKey key, byte[] bytes) => Read(bytes, root =>
    {
        var content = new SchemaContent
        {
            Type = Text(root, "schemaType") ?? SchemaContent.Avro,
            Text = root.GetProperty("schema").GetString() ?? "",
            References = ReadReferences(root),
            Metadata = Raw(root, "metadata"),
            RuleSet = Raw(root, "ruleSet"),
        };
        bool deleted = root.TryGetProperty("deleted", out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
        return new SchemaVersion(key.Subject!, key.Version, root.GetProperty("id").GetInt32(), content.Identified(SchemaParser.IdentifyingText(content)), deleted, bytes);
    });

    /// <exception cref="FormatException">It is no value of this layout.</exception>
    public static SubjectConfig ReadConfig(byte[] bytes) => Read(bytes, root =>
    {
        bool? normalize = root.TryGetProperty("normalize", out JsonElement flag) && flag.ValueKind is JsonValueKind.True or JsonValueKind.False ? flag.GetBoolean() : null;
        return new SubjectConfig(CompatibilityNames.Parse(Text(root, "compatibilityLevel")), normalize, bytes);
    });

    /// <exception cref="FormatException">It is no value of this layout.</exception>
    public static RegistryMode? ReadMode(byte[] bytes) => Read(bytes, root => ModeNames.Parse(Text(root, "mode")));

    /// <summary>Subject and last version of a soft deletion.</summary>
    /// <exception cref="FormatException">It is no value of this layout.</exception>
    public static (string Subject, int Version) ReadDeleteSubject(byte[] bytes) =>
        Read(bytes, root => (root.GetProperty("subject").GetString() ?? "", root.GetProperty("version").GetInt32()));

    private static JsonObject WithSubject(string? subject, string field, JsonNode content)
    {
        var value = new JsonObject();
        if (subject is not null)
        {
            value["subject"] = subject;
        }

        value[field] = content;
        return value;
    }

    private static SchemaReference[] ReadReferences(JsonElement root) =>
        root.TryGetProperty("references", out JsonElement items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray().Select(item => new SchemaReference(Text(item, "name") ?? "", Text(item, "subject") ?? "", item.GetProperty("version").GetInt32()))]
            : [];

    private static string? Text(JsonElement root, string field) =>
        root.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Raw(JsonElement root, string field) =>
        root.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value.GetRawText() : null;

    private static T Read<T>(byte[] bytes, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(bytes);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"a value cannot be read: {e.Message}", e);
        }
    }
}
