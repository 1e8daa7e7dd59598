using System.Net;

namespace AuditIntel.Avro.Tests.Registry;

public sealed class SchemaRegistryClientTests : IDisposable
{
    private static readonly AvroSchema Int = AvroSchema.Parse("\"int\"");

    private readonly StubRegistry _registry = new();

    public void Dispose() => _registry.Dispose();

    [Fact]
    public async Task Register_ShouldAskOnce_AndSendTheSchemaAsText()
    {
        using SchemaRegistryClient client = _registry.Then("""{"id":7}""").Client("http://registry.test:8081/base");
        Assert.Equal(7, await client.RegisterAsync("a topic-value", Int));
        Assert.Equal(7, await client.RegisterAsync("a topic-value", Int));
        (string line, string? body, _) = Assert.Single(_registry.Requests);
        Assert.Equal("POST http://registry.test:8081/base/subjects/a%20topic-value/versions", line);
        Assert.Equal("""{"schemaType":"AVRO","schema":"\u0022int\u0022"}""", body);
    }

    [Fact]
    public async Task Register_ShouldSayWhy_WhenRefused()
    {
        using SchemaRegistryClient client = _registry.Then(HttpStatusCode.Conflict, """{"error_code":409,"message":"incompatible: READER_FIELD_MISSING"}""").Client();
        SchemaRegistryException refusal = await Assert.ThrowsAsync<SchemaRegistryException>(() => client.RegisterAsync("s", Int));
        Assert.Equal(409, refusal.ErrorCode);
        Assert.Contains("READER_FIELD_MISSING", refusal.Message);
        Assert.Single(_registry.Requests);
    }

    [Fact]
    public async Task GetById_ShouldAskOnce()
    {
        using SchemaRegistryClient client = _registry.Then("""{"schema":"\"long\""}""").Client();
        Assert.Equal(AvroType.Long, (await client.GetByIdAsync(3)).Type);
        Assert.Equal(AvroType.Long, client.GetById(3).Type);
        Assert.Equal("GET http://registry.test:8081/schemas/ids/3", Assert.Single(_registry.Requests).Line);
    }

    [Fact]
    public async Task GetById_ShouldThrowUnknownSchema_WhenTheRegistryKnowsNone()
    {
        using SchemaRegistryClient client = _registry.Then(HttpStatusCode.NotFound, """{"error_code":40403,"message":"Schema not found"}""").Client();
        Assert.Equal(3, (await Assert.ThrowsAsync<UnknownSchemaException>(() => client.GetByIdAsync(3))).Id);
    }

    [Fact]
    public async Task GetById_ShouldRefuseOtherKindsOfSchemas()
    {
        using SchemaRegistryClient client = _registry.Then("""{"schemaType":"PROTOBUF","schema":"syntax"}""").Client();
        Assert.Contains("PROTOBUF", (await Assert.ThrowsAsync<AvroException>(() => client.GetByIdAsync(3))).Message);
    }

    [Fact]
    public async Task Request_ShouldBeRepeated_WhenTheRegistryFails()
    {
        _registry.Then(HttpStatusCode.ServiceUnavailable, "starting").Then(HttpStatusCode.TooManyRequests, "{}").Then("""["a","b"]""");
        using SchemaRegistryClient client = _registry.Client(clock: new ImpatientClock());
        Assert.Equal(["a", "b"], await client.GetSubjectsAsync());
        Assert.Equal(3, _registry.Requests.Count);
    }

    [Fact]
    public async Task Request_ShouldGiveUp_AfterFourAttempts()
    {
        using SchemaRegistryClient client = _registry.Client(clock: new ImpatientClock());
        SchemaRegistryException failure = await Assert.ThrowsAsync<SchemaRegistryException>(() => client.GetSubjectsAsync());
        Assert.Contains("did not answer GET subjects in 4 attempts: Connection refused", failure.Message);
        Assert.Equal(4, _registry.Requests.Count);
    }

    [Fact]
    public async Task Request_ShouldNameTheStranger_WhenItIsNoRegistry()
    {
        using SchemaRegistryClient client = _registry.Then("<html>").Client();
        Assert.Contains("no Schema Registry", (await Assert.ThrowsAsync<SchemaRegistryException>(() => client.GetLatestAsync("s"))).Message);
    }

    [Fact]
    public async Task Password_ShouldBeSent_AndNeverShown()
    {
        using SchemaRegistryClient client = _registry.Client("http://user:s%40cret@registry.test:8081", new ImpatientClock());
        SchemaRegistryException failure = await Assert.ThrowsAsync<SchemaRegistryException>(() => client.GetSubjectsAsync());
        Assert.DoesNotContain("cret", failure.ToString());
        Assert.Equal("Basic " + Convert.ToBase64String("user:s@cret"u8), _registry.Requests[0].Authorization);
        Assert.DoesNotContain("cret", _registry.Requests[0].Line);
    }

    [Fact]
    public async Task Lookups_ShouldReadConfluentsAnswers()
    {
        const string version = """{"subject":"s","version":2,"id":9,"schema":"\"int\""}""";
        _registry.Then(version).Then(version).Then(version).Then("[1,2]").Then("""{"is_compatible":false}""")
            .Then(HttpStatusCode.NotFound, """{"error_code":40403,"message":"Schema not found"}""")
            .Then(HttpStatusCode.NotFound, """{"error_code":40401,"message":"Subject not found"}""");
        using SchemaRegistryClient client = _registry.Client();
        Assert.Equal(9, (await client.GetLatestAsync("s")).Id);
        Assert.Equal(2, (await client.GetVersionAsync("s", 2)).Version);
        Assert.Equal(9, (await client.LookupAsync("s", Int))!.Id);
        Assert.Equal([1, 2], await client.GetVersionsAsync("s"));
        Assert.False(await client.IsCompatibleAsync("s", Int));
        Assert.Null(await client.LookupAsync("s", Int));
        Assert.True(await client.IsCompatibleAsync("new", Int));
    }

    [Fact]
    public async Task Cancellation_ShouldEndTheWait()
    {
        using SchemaRegistryClient client = _registry.Client();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetSubjectsAsync(cancelled.Token));
    }
}
