using System.Text.Json.Nodes;
using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary><c>/subjects/{subject}/versions</c>: registering, listing, showing.</summary>
[Collection(SharedRegistry.Name)]
public sealed class VersionTests(RegistryFixture fixture)
{
    private readonly TestRegistry _registry = fixture.Registry;

    [Fact]
    public async Task Schema_ShouldKeepItsId_WhenItIsRegisteredAgainOrElsewhere()
    {
        string subject = fixture.NewSubject();
        string schema = fixture.NewSchema();
        int id = await _registry.RegisterAsync(subject, schema);
        Assert.Equal(id, await _registry.RegisterAsync(subject, schema));
        Assert.Equal(id, await _registry.RegisterAsync(subject + "-other", schema));
        Assert.Equal("[1]", (await _registry.GetAsync($"subjects/{subject}/versions")).Good());
    }

    [Fact]
    public async Task Version_ShouldBeShownWholeAndBare()
    {
        string subject = fixture.NewSubject();
        string schema = fixture.NewSchema();
        int id = await _registry.RegisterAsync(subject, schema);
        foreach (string version in new[] { "1", "latest", "-1" })
        {
            JsonNode shown = (await _registry.GetAsync($"subjects/{subject}/versions/{version}")).Json;
            Assert.Equal($"subject {subject}, version 1, id {id}, schema {schema}", string.Join(", ", shown.AsObject().Select(field => $"{field.Key} {field.Value}")));
            Assert.Equal(schema, (await _registry.GetAsync($"subjects/{subject}/versions/{version}/schema")).Good());
        }
    }

    [Fact]
    public async Task Versions_ShouldBeListedByPageAndByDeletion()
    {
        string subject = fixture.NewSubject();
        await RegisterThreeAsync(subject);
        (await _registry.DeleteAsync($"subjects/{subject}/versions/2")).Good();
        Assert.Equal("[1,3]", (await _registry.GetAsync($"subjects/{subject}/versions")).Good());
        Assert.Equal("[1,2,3]", (await _registry.GetAsync($"subjects/{subject}/versions?deleted=true")).Good());
        Assert.Equal("[2]", (await _registry.GetAsync($"subjects/{subject}/versions?deletedOnly=true")).Good());
        Assert.Equal("[1,-2,3]", (await _registry.GetAsync($"subjects/{subject}/versions?deletedAsNegative=true")).Good());
        Assert.Equal("[2,3]", (await _registry.GetAsync($"subjects/{subject}/versions?deleted=true&offset=1")).Good());
        Assert.Equal("[1]", (await _registry.GetAsync($"subjects/{subject}/versions?limit=1")).Good());
    }

    [Theory]
    [InlineData("", 40402, "7")]
    [InlineData("-absent", 40401, "1")]
    [InlineData("-absent", 40401, "latest")]
    [InlineData("", 42202, "zero")]
    [InlineData("", 42202, "0")]
    [InlineData("", 42202, "-2")]
    [InlineData("", 42202, "2147483648")]
    public async Task Version_ShouldBeMissingWithItsReason(string end, int code, string version)
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, fixture.NewSchema());
        foreach (string path in new[] { "", "/schema", "/referencedby" })
        {
            (await _registry.GetAsync($"subjects/{subject}{end}/versions/{version}{path}")).Refused(code);
        }
    }

    [Fact]
    public async Task Versions_ShouldBeMissing_WhenTheSubjectIs() =>
        (await _registry.GetAsync($"subjects/{fixture.NewSubject()}/versions")).Refused(40401);

    [Fact]
    public async Task IncompatibleSchema_ShouldBeRefusedWithEveryReason()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, RegistryFixture.Record("Grown"));
        string grown = RegistryFixture.Record("Grown", """{"name":"b","type":"string"},{"name":"c","type":"int"}""");
        RegistryAnswer answer = (await _registry.PostAsync($"subjects/{subject}/versions", Body(grown))).Refused(409);
        Assert.Contains($"incompatible with an earlier schema for subject \"{subject}\"", answer.Message);
        Assert.Equal(2, answer.Message.Split("READER_FIELD_MISSING_DEFAULT_VALUE").Length - 1);
        Assert.Contains("compatibility: 'BACKWARD'", answer.Message);
    }

    [Theory]
    [InlineData("""{"schema":"{\"type\":\"nonsense\"}"}""")]
    [InlineData("""{"schema":"{"}""")]
    [InlineData("""{"schema":"   "}""")]
    [InlineData("{}")]
    [InlineData("""{"schemaType":"PROTOBUF","schema":"message M {}"}""")]
    [InlineData("""{"schemaType":"JSON","schema":"{}"}""")]
    [InlineData("""{"schema":"\"int\"","metadata":{"properties":{"a":"b"}}}""")]
    [InlineData("""{"schema":"\"int\"","ruleSet":{}}""")]
    public async Task Schema_ShouldBeRefused_WhenItIsInvalid(string body) =>
        (await _registry.PostAsync($"subjects/{fixture.NewSubject()}/versions", body)).Refused(42201);

    [Fact]
    public async Task Schema_ShouldBeStoredNormalized_WhenAskedFor()
    {
        string subject = fixture.NewSubject();
        string untidy = """{"type":"bytes","zeta":true,"scale":0,"precision":78,"logicalType":"decimal","alpha":{"b":1,"a":2}}""";
        (await _registry.PostAsync($"subjects/{subject}/versions?normalize=true", Body(untidy))).Good();
        Assert.Equal(
            """{"type":"bytes","logicalType":"decimal","precision":78,"alpha":{"a":2,"b":1},"zeta":true}""",
            (await _registry.GetAsync($"subjects/{subject}/versions/1/schema")).Good());
    }

    [Fact]
    public async Task Version_ShouldBeTheNext_WhenTheRequestNamesOne()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, fixture.NewSchema(), ("version", 1));
        (await _registry.PutAsync($"config/{subject}", """{"compatibility":"NONE"}""")).Good();
        (await _registry.PostAsync($"subjects/{subject}/versions", Body(fixture.NewSchema(), ("version", 5)))).Refused(42201);
        await _registry.RegisterAsync(subject, fixture.NewSchema(), ("version", 2));
        Assert.Equal("[1,2]", (await _registry.GetAsync($"subjects/{subject}/versions")).Good());
    }

    [Fact]
    public async Task Id_ShouldNotBeChosenByTheClient_OutsideImport() =>
        (await _registry.PostAsync($"subjects/{fixture.NewSubject()}/versions", Body(fixture.NewSchema(), ("id", 77777)))).Refused(42205);

    [Fact]
    public async Task SchemaThatTheTopicCannotTake_ShouldBeRefusedAsTooLarge()
    {
        string doc = new('x', 2_000_000);
        RegistryAnswer answer = await _registry.PostAsync(
            $"subjects/{fixture.NewSubject()}/versions", Body($$"""{"type":"record","name":"Long","doc":"{{doc}}","fields":[]}"""));
        answer.Refused(42209);
        await _registry.RegisterAsync(fixture.NewSubject(), fixture.NewSchema());
    }

    private async Task RegisterThreeAsync(string subject)
    {
        (await _registry.PutAsync($"config/{subject}", """{"compatibility":"NONE"}""")).Good();
        for (int i = 0; i < 3; i++)
        {
            await _registry.RegisterAsync(subject, fixture.NewSchema());
        }
    }
}
