using System.Text.Json;
using System.Text.Json.Nodes;
using AuditIntel.DevStack.Registry.Schemas;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary>Reads the fields of a request's body.</summary>
internal static class RequestBody
{
    /// <summary>Type, text and references of a schema.</summary>
    /// <exception cref="RegistryException">A field has another type than it should, or asks for what this registry does not do.</exception>
    public static SchemaContent Schema(JsonObject body)
    {
        foreach (string contract in new[] { "metadata", "ruleSet" })
        {
            if (body[contract] is not null)
            {
                throw RegistryException.InvalidSchema($"This registry keeps no data contracts: leave out the field '{contract}'");
            }
        }

        return new SchemaContent
        {
            Type = Text(body, "schemaType") ?? SchemaContent.Avro,
            Text = Text(body, "schema") ?? "",
            References = References(body),
        };
    }

    /// <exception cref="RegistryException">The field is there and no text.</exception>
    public static string? Text(JsonObject body, string field) => body[field] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw Unfit(field, "text"),
    };

    /// <exception cref="RegistryException">The field is there and no whole number.</exception>
    public static int? Number(JsonObject body, string field) => body[field] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out int number) => number,
        _ => throw Unfit(field, "a whole number"),
    };

    /// <exception cref="RegistryException">The field is there and neither true nor false.</exception>
    public static bool? Flag(JsonObject body, string field) => body[field] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw Unfit(field, "true or false"),
    };

    private static SchemaReference[] References(JsonObject body) => body["references"] switch
    {
        null => [],
        JsonArray items => [.. items.Select(Reference)],
        _ => throw Unfit("references", "a list"),
    };

    private static SchemaReference Reference(JsonNode? item)
    {
        if (item is not JsonObject members)
        {
            throw Unfit("references", "a list of objects");
        }

        return Text(members, "name") is { } name && Text(members, "subject") is { } subject && Number(members, "version") is { } version
            ? new SchemaReference(name, subject, version)
            : throw RegistryException.InvalidSchema("Invalid schema: a reference wants name, subject and version");
    }

    private static RegistryException Unfit(string field, string wanted) => RegistryException.BadRequest($"The field '{field}' is not {wanted}");
}
