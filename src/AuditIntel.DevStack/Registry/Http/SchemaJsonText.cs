using System.Text.Json.Nodes;
using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Storage;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary>
/// Schemas and versions in answers: the fields that the API reference shows, which clients of every age read. The type is left out for Avro, references
/// where there are none.
/// </summary>
internal sealed class SchemaJsonText(SchemaParser parser)
{
    /// <param name="version">The version.</param>
    /// <param name="format">"resolved" writes types out that the schema refers to; null and others leave the text as it is stored.</param>
    public JsonObject Version(SchemaVersion version, string? format = null)
    {
        var json = new JsonObject { ["subject"] = version.Subject, ["version"] = version.Version, ["id"] = version.Id };
        AddContent(json, version, format);
        return json;
    }

    /// <inheritdoc cref="Version"/>
    public JsonObject Schema(SchemaVersion version, string? format)
    {
        var json = new JsonObject();
        AddContent(json, version, format);
        return json;
    }

    /// <inheritdoc cref="Version"/>
    public string Text(SchemaVersion version, string? format) =>
        (string.Equals(format, "resolved", StringComparison.OrdinalIgnoreCase) ? parser.TryParse(version)?.Standalone : null) ?? version.Content.Text;

    private void AddContent(JsonObject json, SchemaVersion version, string? format)
    {
        SchemaContent content = version.Content;
        if (content.Type != SchemaContent.Avro)
        {
            json["schemaType"] = content.Type;
        }

        if (content.References.Count > 0)
        {
            json["references"] = RecordValue.References(content.References);
        }

        if (content.Metadata is not null)
        {
            json["metadata"] = JsonNode.Parse(content.Metadata);
        }

        if (content.RuleSet is not null)
        {
            json["ruleSet"] = JsonNode.Parse(content.RuleSet);
        }

        json["schema"] = Text(version, format);
    }
}
