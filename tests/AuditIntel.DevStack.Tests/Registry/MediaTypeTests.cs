using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>Content types, the root, and who the registry is.</summary>
[Collection(SharedRegistry.Name)]
public sealed class MediaTypeTests(RegistryFixture fixture)
{
    private const string V1 = "application/vnd.schemaregistry.v1+json";

    private readonly TestRegistry _registry = fixture.Registry;

    [Theory]
    [InlineData(null, V1)]
    [InlineData("*/*", V1)]
    [InlineData("application/*", V1)]
    [InlineData("application/json", "application/json")]
    [InlineData("application/vnd.schemaregistry+json", "application/vnd.schemaregistry+json")]
    [InlineData("application/vnd.schemaregistry.v1+json, application/vnd.schemaregistry+json, application/json", V1)]
    [InlineData("application/json, application/vnd.schemaregistry.v1+json;q=0.5", "application/json")]
    [InlineData("text/html, application/json;q=0.2", "application/json")]
    public async Task Answer_ShouldBeOfTheTypeThatTheClientPrefers(string? accept, string expected) =>
        Assert.Equal(expected, (await _registry.SendAsync(HttpMethod.Get, "schemas/types", accept: accept)).ContentType);

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml")]
    [InlineData("application/json;q=0")]
    public async Task Answer_ShouldBe406_WhenNoTypeSuits(string accept) =>
        (await _registry.SendAsync(HttpMethod.Get, "subjects", accept: accept)).Refused(406);

    [Theory]
    [InlineData(V1)]
    [InlineData("application/vnd.schemaregistry+json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public async Task Body_ShouldBeTaken_WhenItsTypeIsKnown(string? type) =>
        (await _registry.SendAsync(HttpMethod.Post, $"subjects/{fixture.NewSubject()}/versions", Body(fixture.NewSchema()), type)).Good();

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task Body_ShouldBe415_WhenItsTypeIsNot(string type) =>
        (await _registry.SendAsync(HttpMethod.Post, $"subjects/{fixture.NewSubject()}/versions", Body(fixture.NewSchema()), type)).Refused(415);

    [Fact]
    public async Task Error_ShouldHaveTheRegistrysType() => Assert.Equal(V1, (await _registry.GetAsync("schemas/ids/1999999999")).ContentType);

    [Theory]
    [InlineData("GET", "nowhere", 404)]
    [InlineData("GET", "subjects/a/versions/1/nowhere", 404)]
    [InlineData("POST", "schemas/types", 405)]
    [InlineData("PATCH", "config", 405)]
    public async Task Path_ShouldBeRefused_WhenNothingIsThere(string method, string path, int code) =>
        (await _registry.SendAsync(new HttpMethod(method), path, "{}")).Refused(code);

    [Fact]
    public async Task Root_ShouldTellThatTheRegistryIsThere()
    {
        Assert.Equal("{}", (await _registry.GetAsync("")).Good());
        Assert.Equal("{}", (await _registry.PostAsync("", "{}")).Good());
    }

    [Fact]
    public async Task Head_ShouldAnswerWithoutABody()
    {
        RegistryAnswer answer = await _registry.SendAsync(HttpMethod.Head, "subjects");
        Assert.Equal((200, V1, ""), (answer.Status, answer.ContentType, answer.Body));
    }

    [Fact]
    public async Task Contexts_ShouldBeTheDefaultOne() => Assert.Equal("""["."]""", (await _registry.GetAsync("contexts")).Good());

    [Fact]
    public async Task Metadata_ShouldNameTheClustersAndTheVersion()
    {
        Assert.Equal("schema-registry", (string)(await _registry.GetAsync("v1/metadata/id")).Json["scope"]!["clusters"]!["schema-registry-cluster"]!);
        Assert.NotEmpty((string)(await _registry.GetAsync("v1/metadata/version")).Json["version"]!);
    }
}
