using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>The registry over HTTP, on a real broker.</summary>
public sealed class SchemaRegistryTests : IAsyncLifetime
{
    private const string V1 = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}""";
    private const string V2 = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"string","default":""}]}""";
    private const string Incompatible = """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"string"}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-registry-").FullName;
    private EmbeddedBroker _broker = null!;
    private EmbeddedSchemaRegistry _registry = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = _folder });
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _registry.DisposeAsync();
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Schema_ShouldKeepItsIdAndVersion_WhenTheRegistryStartsAgain()
    {
        Assert.Equal(1, (int)(await RegisterAsync("s", V1))["id"]!);
        Assert.Equal(2, (int)(await RegisterAsync("s", V2))["id"]!);
        Assert.Equal(1, (int)(await RegisterAsync("other", V1))["id"]!);
        await PutAsync("config/s", """{"compatibility":"NONE"}""");

        _http.Dispose();
        await _registry.DisposeAsync();
        await StartAsync();
        Assert.Equal(2, (int)(await RegisterAsync("s", V2))["id"]!);
        Assert.Equal("[1,2]", (await GetAsync("subjects/s/versions")).ToJsonString());
        Assert.Equal("[\"other\",\"s\"]", (await GetAsync("subjects")).ToJsonString());
        Assert.Equal(V1, (string)(await GetAsync("schemas/ids/1"))["schema"]!);
        Assert.Equal(2, (int)(await GetAsync("subjects/s/versions/latest"))["version"]!);
        Assert.Equal("NONE", (string)(await GetAsync("config/s"))["compatibilityLevel"]!);
        Assert.Equal(3, (int)(await RegisterAsync("third", """{"type":"string"}"""))["id"]!);
    }

    [Fact]
    public async Task IncompatibleSchema_ShouldBeRefusedWithTheReason()
    {
        await RegisterAsync("s", V1);
        JsonNode error = await PostAsync("subjects/s/versions", Body(Incompatible), HttpStatusCode.Conflict);
        Assert.Equal(409, (int)error["error_code"]!);
        Assert.Contains("READER_FIELD_MISSING_DEFAULT_VALUE", (string)error["message"]!);
        Assert.False((bool)(await PostAsync("compatibility/subjects/s/versions/latest", Body(Incompatible)))["is_compatible"]!);
        Assert.True((bool)(await PostAsync("compatibility/subjects/s/versions/latest", Body(V2)))["is_compatible"]!);
    }

    [Theory]
    [InlineData("subjects/absent/versions", 40401)]
    [InlineData("subjects/s/versions/7", 40402)]
    [InlineData("subjects/s/versions/zero", 42202)]
    [InlineData("schemas/ids/99", 40403)]
    public async Task MissingThings_ShouldHaveConfluentsCodes(string path, int code)
    {
        await RegisterAsync("s", V1);
        using HttpResponseMessage response = await _http.GetAsync(path);
        Assert.Equal(code / 100, (int)response.StatusCode);
        JsonNode error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(code, (int)error["error_code"]!);
    }

    [Theory]
    [InlineData("no json", HttpStatusCode.BadRequest, 400)]
    [InlineData("{}", HttpStatusCode.UnprocessableEntity, 42201)]
    [InlineData("""{"schema":"{\"type\":\"nonsense\"}"}""", HttpStatusCode.UnprocessableEntity, 42201)]
    [InlineData("""{"schemaType":"PROTOBUF","schema":""}""", HttpStatusCode.UnprocessableEntity, 42201)]
    public async Task BadBodies_ShouldBeRefused_AndTheRegistryGoOn(string body, HttpStatusCode status, int code)
    {
        Assert.Equal(code, (int)(await PostAsync("subjects/s/versions", body, status))["error_code"]!);
        Assert.Equal(1, (int)(await RegisterAsync("s", V1))["id"]!);
    }

    private static string Body(string schema) => new JsonObject { ["schema"] = schema }.ToJsonString();

    private async Task StartAsync()
    {
        _registry = await EmbeddedSchemaRegistry.StartAsync(new EmbeddedSchemaRegistryOptions { BootstrapServer = _broker.BootstrapServers });
        _http = new HttpClient { BaseAddress = _registry.Url };
    }

    private Task<JsonNode> RegisterAsync(string subject, string schema) => PostAsync($"subjects/{subject}/versions", Body(schema));

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(path))!;

    private async Task<JsonNode> PostAsync(string path, string body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync(path, content);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/vnd.schemaregistry.v1+json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private async Task PutAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/vnd.schemaregistry.v1+json");
        using HttpResponseMessage response = await _http.PutAsync(path, content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
