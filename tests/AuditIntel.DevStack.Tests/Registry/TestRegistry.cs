using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AuditIntel.DevStack.Registry.Http;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>A registry and a client that asks it as anybody would.</summary>
internal sealed class TestRegistry : IAsyncDisposable
{
    private readonly EmbeddedSchemaRegistry _registry;

    private TestRegistry(EmbeddedSchemaRegistry registry)
    {
        _registry = registry;
        Http = new HttpClient { BaseAddress = registry.Url, Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Http { get; }

    public Uri Url => _registry.Url;

    public RouteTable Routes => _registry.RouteTable;

    public static async Task<TestRegistry> StartAsync(string servers, TimeSpan? storeTimeout = null) => new(await EmbeddedSchemaRegistry.StartAsync(
        new EmbeddedSchemaRegistryOptions { BootstrapServer = servers, StoreTimeout = storeTimeout ?? TimeSpan.FromSeconds(20) }));

    /// <summary>A request's body with a schema, and whatever else it wants.</summary>
    public static string Body(string schema, params (string Field, JsonNode Value)[] more)
    {
        var body = new JsonObject { ["schema"] = schema };
        foreach ((string field, JsonNode value) in more)
        {
            body[field] = value;
        }

        return body.ToJsonString();
    }

    /// <summary>One reference, as requests have them.</summary>
    public static (string Field, JsonNode Value) References(string name, string subject, int version) =>
        ("references", new JsonArray(new JsonObject { ["name"] = name, ["subject"] = subject, ["version"] = version }));

    public Task<RegistryAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<RegistryAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<RegistryAnswer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public Task<RegistryAnswer> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body);

    /// <summary>Registers and returns the id.</summary>
    public async Task<int> RegisterAsync(string subject, string schema, params (string Field, JsonNode Value)[] more)
    {
        RegistryAnswer answer = await PostAsync($"subjects/{Uri.EscapeDataString(subject)}/versions", Body(schema, more));
        answer.Good();
        return (int)answer.Json["id"]!;
    }

    public async Task<RegistryAnswer> SendAsync(HttpMethod method, string path, string? body = null, string? contentType = "application/vnd.schemaregistry.v1+json", string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using HttpResponseMessage response = await Http.SendAsync(request);
        return new RegistryAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _registry.DisposeAsync();
    }
}
