using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuditIntel.Avro;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuditIntel.DevStack.Registry;

/// <summary>The REST API ("Schema Registry API Reference" of Confluent's documentation).</summary>
internal static class RegistryEndpoints
{
    private const string ContentType = "application/vnd.schemaregistry.v1+json";

    public static void Map(IEndpointRouteBuilder routes, SchemaStore store)
    {
        Get(routes, "/", _ => new JsonObject());
        Get(routes, "/subjects", _ => Array(store.Subjects().Select(subject => (JsonNode)subject)));
        Get(routes, "/schemas/types", _ => new JsonArray("AVRO"));
        Get(routes, "/schemas/ids/{id}", request => new JsonObject { ["schema"] = store.Text(Id(request)) ?? throw RegistryException.SchemaNotFound() });
        Get(routes, "/schemas/ids/{id}/versions", request => Array(store.Uses(Id(request))
            .Select(version => (JsonNode)new JsonObject { ["subject"] = version.Subject, ["version"] = version.Version })));
        Get(routes, "/subjects/{subject}/versions", request => Array(Existing(store, request).Select(version => (JsonNode)version.Version)));
        Get(routes, "/subjects/{subject}/versions/{version}", request => Describe(Version(store, request)));
        Get(routes, "/subjects/{subject}/versions/{version}/schema", request => JsonNode.Parse(Version(store, request).Text)!);
        Get(routes, "/config", _ => new JsonObject { ["compatibilityLevel"] = store.GlobalLevel().Name() });
        Get(routes, "/config/{subject}", request => new JsonObject
        {
            ["compatibilityLevel"] = (store.OwnLevel(Subject(request)) ?? (DefaultsToGlobal(request) ? store.GlobalLevel() : throw RegistryException.SubjectNotFound(Subject(request)))).Name(),
        });

        Send(routes, "POST", "/subjects/{subject}/versions", async (request, body, cancellation) =>
            new JsonObject { ["id"] = (await store.RegisterAsync(Subject(request), SchemaText(body), cancellation).ConfigureAwait(false)).Id });
        Send(routes, "POST", "/subjects/{subject}", (request, body, _) => Task.FromResult<JsonNode>(Describe(Lookup(store, request, SchemaText(body)))));
        Send(routes, "PUT", "/config", (_, body, cancellation) => SetLevelAsync(store, null, body, cancellation));
        Send(routes, "PUT", "/config/{subject}", (request, body, cancellation) => SetLevelAsync(store, Subject(request), body, cancellation));
        Send(routes, "POST", "/compatibility/subjects/{subject}/versions/{version}", (request, body, _) => Task.FromResult<JsonNode>(Compatibility(store, request, body)));
    }

    private static void Get(IEndpointRouteBuilder routes, string pattern, Func<HttpRequest, JsonNode> answer) =>
        Map(routes, HttpMethods.Get, pattern, context => Task.FromResult(answer(context.Request)));

    private static void Send(IEndpointRouteBuilder routes, string method, string pattern, Func<HttpRequest, JsonObject, CancellationToken, Task<JsonNode>> answer) =>
        Map(routes, method, pattern, async context =>
            await answer(context.Request, await BodyAsync(context).ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false));

    private static void Map(IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, Task<JsonNode>> answer)
    {
        Task Handle(HttpContext context) => AnswerAsync(context, answer);
        routes.MapMethods(pattern, [method], Handle);
    }

    private static async Task AnswerAsync(HttpContext context, Func<HttpContext, Task<JsonNode>> answer)
    {
        JsonNode body;
        try
        {
            body = await answer(context).ConfigureAwait(false);
        }
        catch (RegistryException e)
        {
            context.Response.StatusCode = e.Status;
            body = new JsonObject { ["error_code"] = e.Code, ["message"] = e.Message };
        }

        context.Response.ContentType = ContentType;
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body), context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<JsonObject> BodyAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted).ConfigureAwait(false) as JsonObject
                ?? throw RegistryException.BadRequest("The body is no JSON object.");
        }
        catch (JsonException e)
        {
            throw RegistryException.BadRequest($"The body is no JSON: {e.Message}");
        }
    }

    private static string SchemaText(JsonObject body)
    {
        string? type = Text(body, "schemaType");
        if (type is not (null or "AVRO"))
        {
            throw RegistryException.InvalidSchema($"schema type {type} is not supported, only AVRO.");
        }

        return Text(body, "schema") ?? throw RegistryException.InvalidSchema("the field 'schema' is missing.");
    }

    private static string? Text(JsonObject body, string field) => body[field] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static string Subject(HttpRequest request) => Uri.UnescapeDataString((string)request.RouteValues["subject"]!);

    private static int Id(HttpRequest request) =>
        int.TryParse((string?)request.RouteValues["id"], NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : throw RegistryException.SchemaNotFound();

    private static bool DefaultsToGlobal(HttpRequest request) => request.Query["defaultToGlobal"] == "true";

    private static IReadOnlyList<SchemaVersion> Existing(SchemaStore store, HttpRequest request)
    {
        IReadOnlyList<SchemaVersion> versions = store.Versions(Subject(request));
        return versions.Count > 0 ? versions : throw RegistryException.SubjectNotFound(Subject(request));
    }

    private static SchemaVersion Version(SchemaStore store, HttpRequest request)
    {
        IReadOnlyList<SchemaVersion> versions = Existing(store, request);
        string wanted = (string)request.RouteValues["version"]!;
        if (wanted is "latest" or "-1")
        {
            return versions[^1];
        }

        if (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
        {
            throw RegistryException.InvalidVersion(wanted);
        }

        return versions.FirstOrDefault(version => version.Version == number) ?? throw RegistryException.VersionNotFound(wanted);
    }

    private static SchemaVersion Lookup(SchemaStore store, HttpRequest request, string text)
    {
        string minified = SchemaStore.Parse(text).ToString();
        return Existing(store, request).FirstOrDefault(version => version.Schema.ToString() == minified) ?? throw RegistryException.SchemaNotFound();
    }

    private static JsonObject Describe(SchemaVersion version) => new()
    {
        ["subject"] = version.Subject,
        ["version"] = version.Version,
        ["id"] = version.Id,
        ["schema"] = version.Text,
    };

    private static async Task<JsonNode> SetLevelAsync(SchemaStore store, string? subject, JsonObject body, CancellationToken cancellationToken)
    {
        string? name = Text(body, "compatibility");
        CompatibilityLevel level = CompatibilityLevels.Parse(name) ?? throw RegistryException.InvalidCompatibility(name);
        await store.SetLevelAsync(subject, level, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["compatibility"] = level.Name() };
    }

    private static JsonObject Compatibility(SchemaStore store, HttpRequest request, JsonObject body)
    {
        AvroSchema next = SchemaStore.Parse(SchemaText(body));
        SchemaVersion against = Version(store, request);
        CompatibilityLevel level = store.OwnLevel(against.Subject) ?? store.GlobalLevel();
        IReadOnlyList<string> differences = level.Differences(next, [against.Schema]);
        var answer = new JsonObject { ["is_compatible"] = differences.Count == 0 };
        if (request.Query["verbose"] == "true")
        {
            answer["messages"] = Array(differences.Select(difference => (JsonNode)difference));
        }

        return answer;
    }

    private static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items]);
}
