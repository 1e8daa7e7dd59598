using System.Text.Json.Nodes;
using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary><c>/schemas</c>: by id, and all.</summary>
[Collection(SharedRegistry.Name)]
public sealed class SchemaByIdTests(RegistryFixture fixture)
{
    private readonly TestRegistry _registry = fixture.Registry;

    [Fact]
    public async Task Schema_ShouldBeFoundByItsId()
    {
        string subject = fixture.NewSubject();
        string schema = fixture.NewSchema();
        int id = await _registry.RegisterAsync(subject, schema);
        Assert.Equal(Body(schema).Replace("\\u0022", "\\\""), (await _registry.GetAsync($"schemas/ids/{id}")).Good());
        Assert.Equal(Body(schema).Replace("\\u0022", "\\\""), (await _registry.GetAsync($"schemas/ids/{id}?subject={subject}")).Good());
        Assert.Equal(schema, (await _registry.GetAsync($"schemas/ids/{id}/schema")).Good());
    }

    [Fact]
    public async Task Schema_ShouldComeWithTheHighestId_WhenAskedFor()
    {
        int first = await _registry.RegisterAsync(fixture.NewSubject(), fixture.NewSchema());
        int second = await _registry.RegisterAsync(fixture.NewSubject(), fixture.NewSchema());
        Assert.True((int)(await _registry.GetAsync($"schemas/ids/{first}?fetchMaxId=true")).Json["maxId"]! >= second);
    }

    [Fact]
    public async Task Schema_ShouldBeFoundByItsId_WhenItsSubjectIsSoftlyDeleted()
    {
        string subject = fixture.NewSubject();
        string schema = fixture.NewSchema();
        int id = await _registry.RegisterAsync(subject, schema);
        (await _registry.DeleteAsync($"subjects/{subject}")).Good();
        Assert.Equal(schema, (string)(await _registry.GetAsync($"schemas/ids/{id}")).Json["schema"]!);
        Assert.Equal("[]", (await _registry.GetAsync($"schemas/ids/{id}/subjects")).Good());
        Assert.Equal($"""["{subject}"]""", (await _registry.GetAsync($"schemas/ids/{id}/subjects?deleted=true")).Good());
    }

    [Fact]
    public async Task Id_ShouldLeadToItsSubjectsAndVersions()
    {
        string subject = fixture.NewSubject();
        string schema = fixture.NewSchema();
        int id = await _registry.RegisterAsync(subject + "-b", schema);
        await _registry.RegisterAsync(subject + "-a", schema);
        Assert.Equal($"""["{subject}-a","{subject}-b"]""", (await _registry.GetAsync($"schemas/ids/{id}/subjects")).Good());
        Assert.Equal($"""["{subject}-b"]""", (await _registry.GetAsync($"schemas/ids/{id}/subjects?offset=1&limit=5")).Good());
        Assert.Equal(
            $$"""[{"subject":"{{subject}}-a","version":1},{"subject":"{{subject}}-b","version":1}]""",
            (await _registry.GetAsync($"schemas/ids/{id}/versions")).Good());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/schema")]
    [InlineData("/subjects")]
    [InlineData("/versions")]
    public async Task Id_ShouldBeMissing_WhenNoSchemaHasIt(string what) => (await _registry.GetAsync("schemas/ids/1999999999" + what)).Refused(40403);

    [Fact]
    public async Task Id_ShouldBeANumber() => (await _registry.GetAsync("schemas/ids/first")).Refused(404);

    [Fact]
    public async Task Schemas_ShouldBeListedByPrefixLatestAndDeletion()
    {
        string prefix = fixture.NewSubject();
        (await _registry.PutAsync($"config/{prefix}-a", """{"compatibility":"NONE"}""")).Good();
        int one = await _registry.RegisterAsync(prefix + "-a", fixture.NewSchema());
        int two = await _registry.RegisterAsync(prefix + "-a", fixture.NewSchema());
        int three = await _registry.RegisterAsync(prefix + "-b", fixture.NewSchema());
        (await _registry.DeleteAsync($"subjects/{prefix}-b")).Good();

        Assert.Equal([one, two], await ListAsync(""));
        Assert.Equal([two], await ListAsync("&latestOnly=true"));
        Assert.Equal([one, two, three], await ListAsync("&deleted=true"));
        Assert.Equal([two], await ListAsync("&deleted=true&offset=1&limit=1"));

        async Task<int[]> ListAsync(string more) =>
            [.. (await _registry.GetAsync($"schemas?subjectPrefix={prefix}{more}")).Json.AsArray().Select(each => (int)each!["id"]!)];
    }

    [Fact]
    public async Task ListedSchema_ShouldHaveEveryField()
    {
        string subject = fixture.NewSubject();
        string schema = fixture.NewSchema();
        int id = await _registry.RegisterAsync(subject, schema);
        JsonNode listed = Assert.Single((await _registry.GetAsync($"schemas?subjectPrefix={subject}")).Json.AsArray())!;
        Assert.Equal($"subject {subject}, version 1, id {id}, schema {schema}", string.Join(", ", listed.AsObject().Select(field => $"{field.Key} {field.Value}")));
    }

    [Fact]
    public async Task Types_ShouldBeAvro() => Assert.Equal("""["AVRO"]""", (await _registry.GetAsync("schemas/types")).Good());
}
