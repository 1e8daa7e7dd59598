using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary><c>/subjects</c>: lists and look-ups.</summary>
[Collection(SharedRegistry.Name)]
public sealed class SubjectTests(RegistryFixture fixture)
{
    private readonly TestRegistry _registry = fixture.Registry;

    [Fact]
    public async Task Subjects_ShouldBeListedByNameAndPage_WhenAPrefixIsAsked()
    {
        string prefix = fixture.NewSubject();
        string schema = fixture.NewSchema();
        foreach (string end in new[] { "-c", "-a", "-d", "-b" })
        {
            await _registry.RegisterAsync(prefix + end, schema);
        }

        Assert.Equal($"""["{prefix}-a","{prefix}-b","{prefix}-c","{prefix}-d"]""", (await _registry.GetAsync($"subjects?subjectPrefix={prefix}")).Good());
        Assert.Equal($"""["{prefix}-b","{prefix}-c"]""", (await _registry.GetAsync($"subjects?subjectPrefix={prefix}&offset=1&limit=2")).Good());
        Assert.Equal("[]", (await _registry.GetAsync($"subjects?subjectPrefix={prefix}&offset=9")).Good());
    }

    [Fact]
    public async Task DeletedSubjects_ShouldShowOnlyWhenAskedFor()
    {
        string prefix = fixture.NewSubject();
        await _registry.RegisterAsync(prefix + "-live", fixture.NewSchema());
        await _registry.RegisterAsync(prefix + "-gone", fixture.NewSchema());
        (await _registry.DeleteAsync($"subjects/{prefix}-gone")).Good();

        Assert.Equal($"""["{prefix}-live"]""", (await _registry.GetAsync($"subjects?subjectPrefix={prefix}")).Good());
        Assert.Equal($"""["{prefix}-gone","{prefix}-live"]""", (await _registry.GetAsync($"subjects?subjectPrefix={prefix}&deleted=true")).Good());
        Assert.Equal($"""["{prefix}-gone"]""", (await _registry.GetAsync($"subjects?subjectPrefix={prefix}&deletedOnly=true")).Good());
    }

    [Fact]
    public async Task Lookup_ShouldFindTheVersion_HoweverTheSchemaIsWritten()
    {
        string subject = fixture.NewSubject();
        string schema = fixture.NewSchema("""{"name":"a","type":"int"}""");
        int id = await _registry.RegisterAsync(subject, schema);
        string spaced = schema.Replace(",", " ,\n  ").Replace("\"int\"", """{"type":"int"}""");
        var found = await _registry.PostAsync($"subjects/{subject}", Body(spaced));
        Assert.Equal(Body(schema), found.Good().Replace($"\"subject\":\"{subject}\",\"version\":1,\"id\":{id},", "").Replace("\\\"", "\\u0022"));
    }

    [Fact]
    public async Task Lookup_ShouldTellAMissingSubjectFromAMissingSchema()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, fixture.NewSchema());
        (await _registry.PostAsync($"subjects/{subject}-absent", Body("\"int\""))).Refused(40401);
        (await _registry.PostAsync($"subjects/{subject}", Body("\"int\""))).Refused(40403);
        (await _registry.PostAsync($"subjects/{subject}", Body("\"nothing\""))).Refused(42201);
    }

    [Fact]
    public async Task Lookup_ShouldFindDeletedVersions_OnlyWhenAskedFor()
    {
        string subject = fixture.NewSubject();
        string schema = fixture.NewSchema();
        int id = await _registry.RegisterAsync(subject, schema);
        (await _registry.DeleteAsync($"subjects/{subject}")).Good();
        (await _registry.PostAsync($"subjects/{subject}", Body(schema))).Refused(40401);
        Assert.Equal(id, (int)(await _registry.PostAsync($"subjects/{subject}?deleted=true", Body(schema))).Json["id"]!);
    }

    [Fact]
    public async Task Lookup_ShouldIgnoreTheOrderOfFurtherAttributes_WhenNormalizing()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, """{"type":"int","one":1,"two":{"b":1,"a":2}}""", ("normalize", true));
        string other = """{"type":"int","two":{"a":2,"b":1},"one":1}""";
        (await _registry.PostAsync($"subjects/{subject}", Body(other))).Refused(40403);
        (await _registry.PostAsync($"subjects/{subject}/versions?normalize=true", Body(other))).Good();
        (await _registry.PostAsync($"subjects/{subject}?normalize=true", Body(other))).Good();
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("with/slash")]
    [InlineData("ünï-☃")]
    [InlineData("a.b:c-d_e%2F?#")]
    public async Task Subject_ShouldHoldAnyCharacter(string name)
    {
        string subject = fixture.NewSubject() + name;
        await _registry.RegisterAsync(subject, fixture.NewSchema());
        Assert.Equal("[1]", (await _registry.GetAsync($"subjects/{Uri.EscapeDataString(subject)}/versions")).Good());
        Assert.Contains(subject, (await _registry.GetAsync("subjects")).Json.AsArray().Select(each => (string)each!));
    }

    [Theory]
    [InlineData("__GLOBAL")]
    [InlineData("__EMPTY")]
    [InlineData("line\nbreak")]
    [InlineData(":.context:subject")]
    public async Task Subject_ShouldBeRefused_WhenItsNameIsImpossible(string name) =>
        (await _registry.PostAsync($"subjects/{Uri.EscapeDataString(name)}/versions", Body("\"int\""))).Refused(42208);

    [Fact]
    public async Task Subject_ShouldBeTheSame_WithAndWithoutTheDefaultContext()
    {
        string subject = fixture.NewSubject();
        int id = await _registry.RegisterAsync(subject, fixture.NewSchema());
        Assert.Equal(id, (int)(await _registry.GetAsync($"subjects/:.:{subject}/versions/1")).Json["id"]!);
    }
}
