using System.Text.Json.Nodes;
using AuditIntel.Avro;
using AuditIntel.DevStack.Registry.Operations;
using AuditIntel.DevStack.Registry.Settings;
using AuditIntel.DevStack.Registry.Storage;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary><c>/config</c>: compatibility level and normalisation, for all and by subject.</summary>
internal sealed class ConfigEndpoints(SchemaTable table, SettingsInScope settings, SettingsChange change)
{
    /// <summary>What the original can be told besides, and this registry does not do.</summary>
    private static readonly string[] Others =
    [
        "alias", "aliasForDeks", "validateFields", "validateNewSchemas", "validateRules", "compatibilityPolicy", "compatibilityGroup",
        "defaultMetadata", "overrideMetadata", "defaultRuleSet", "overrideRuleSet",
    ];

    public void Map(RouteTable routes)
    {
        routes.Get("/config", _ => Show("compatibilityLevel", Global().Level, Global().Normalize));
        routes.Get("/config/{subject}", Get);
        routes.Map("PUT", "/config", (request, cancellation) => PutAsync(request, null, cancellation));
        routes.Map("PUT", "/config/{subject}", (request, cancellation) => PutAsync(request, request.Subject, cancellation));
        routes.Map("DELETE", "/config", (_, cancellation) => DeleteAsync(null, cancellation));
        routes.Map("DELETE", "/config/{subject}", (request, cancellation) => DeleteAsync(request.Subject, cancellation));
    }

    private (SchemaCompatibilityLevel Level, bool? Normalize) Global() => (table.Config(null)?.Level ?? settings.DefaultLevel, table.Config(null)?.Normalize);

    private Answer Get(RegistryRequest request)
    {
        string subject = request.Subject;
        if (table.Config(subject) is { } own)
        {
            bool inScope = request.Flag("defaultToGlobal");
            return Show("compatibilityLevel", own.Level ?? settings.DefaultLevel, own.Normalize ?? (inScope ? Global().Normalize : null));
        }

        return request.Flag("defaultToGlobal") ? Show("compatibilityLevel", Global().Level, Global().Normalize) : throw RegistryException.NoConfig(subject);
    }

    private async Task<Answer> PutAsync(RegistryRequest request, string? subject, CancellationToken cancellationToken)
    {
        JsonObject body = await request.BodyAsync(cancellationToken).ConfigureAwait(false);
        string? unknown = Array.Find(Others, field => body[field] is not null);
        if (unknown is not null)
        {
            throw RegistryException.Unprocessable($"This registry does not know the setting '{unknown}'");
        }

        var changes = new Dictionary<string, JsonNode?>();
        if (body.ContainsKey("compatibility"))
        {
            string? name = RequestBody.Text(body, "compatibility");
            SchemaCompatibilityLevel? level = name is null ? null : CompatibilityNames.Parse(name) ?? throw RegistryException.InvalidCompatibility();
            changes["compatibilityLevel"] = level?.Name();
        }

        if (body.ContainsKey("normalize"))
        {
            changes["normalize"] = RequestBody.Flag(body, "normalize");
        }

        SubjectConfig config = await change.ChangeConfigAsync(subject, changes, cancellationToken).ConfigureAwait(false);
        return Show("compatibility", config.Level, config.Normalize);
    }

    private async Task<Answer> DeleteAsync(string? subject, CancellationToken cancellationToken)
    {
        SubjectConfig? old = await change.DeleteConfigAsync(subject, cancellationToken).ConfigureAwait(false);
        return Show("compatibilityLevel", old?.Level ?? settings.DefaultLevel, old?.Normalize);
    }

    private static Answer Show(string levelField, SchemaCompatibilityLevel? level, bool? normalize)
    {
        var json = new JsonObject();
        if (normalize is not null)
        {
            json["normalize"] = normalize;
        }

        if (level is not null)
        {
            json[levelField] = level.Value.Name();
        }

        return Answer.Json(json);
    }
}
