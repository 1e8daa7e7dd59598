using System.Text.Json.Nodes;
using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary><c>/compatibility</c>, and what each level lets in.</summary>
[Collection(SharedRegistry.Name)]
public sealed class CompatibilityTests(RegistryFixture fixture)
{
    private const string A = """{"name":"a","type":"int","default":0}""";
    private const string B = """{"name":"b","type":"string","default":""}""";
    private const string BareA = """{"name":"a","type":"int"}""";
    private const string BareB = """{"name":"b","type":"string"}""";

    private readonly TestRegistry _registry = fixture.Registry;

    /// <summary>
    /// The table of the Confluent documentation ("Compatibility types") as cases. The first version has field a, the second is empty; a third one that
    /// wants its field a as text therefore clashes with the first only.
    /// </summary>
    [Theory]
    [InlineData("NONE", "\"string\"", true)]
    [InlineData("BACKWARD", "{a}{b}", true)]
    [InlineData("BACKWARD", "{a}{B}", false)]
    [InlineData("BACKWARD", "", true)]
    [InlineData("FORWARD", "{a}{B}", true)]
    [InlineData("FORWARD", "\"string\"", false)]
    [InlineData("FULL", "{a}{b}", true)]
    [InlineData("FULL", "{B}", false)]
    public async Task Level_ShouldDecideWhatMayFollowOneVersion(string level, string next, bool fits)
    {
        string subject = fixture.NewSubject();
        await SetAsync(subject, level);
        await _registry.RegisterAsync(subject, Schema("{a}"));
        RegistryAnswer answer = await _registry.PostAsync($"subjects/{subject}/versions", Body(Schema(next)));
        Assert.Equal(fits ? 200 : 409, answer.Status);
    }

    [Theory]
    [InlineData("BACKWARD", true)]
    [InlineData("BACKWARD_TRANSITIVE", false)]
    [InlineData("FORWARD", true)]
    [InlineData("FORWARD_TRANSITIVE", false)]
    [InlineData("FULL", true)]
    [InlineData("FULL_TRANSITIVE", false)]
    public async Task TransitiveLevel_ShouldLookAtEveryVersion(string level, bool fits)
    {
        string subject = fixture.NewSubject();
        await SetAsync(subject, "NONE");
        await _registry.RegisterAsync(subject, Schema("""{"name":"a","type":"string","default":""}"""));
        await _registry.RegisterAsync(subject, Schema(""));
        await SetAsync(subject, level);
        JsonNode tested = (await _registry.PostAsync($"compatibility/subjects/{subject}/versions", Body(Schema("{a}")))).Json;
        Assert.Equal(fits, (bool)tested["is_compatible"]!);
        Assert.Equal(fits ? 200 : 409, (await _registry.PostAsync($"subjects/{subject}/versions", Body(Schema("{a}")))).Status);
    }

    [Fact]
    public async Task Test_ShouldCompareWithTheVersionThatIsNamed()
    {
        string subject = fixture.NewSubject();
        await SetAsync(subject, "NONE");
        await _registry.RegisterAsync(subject, Schema("{A}"));
        await _registry.RegisterAsync(subject, "\"string\"");
        await SetAsync(subject, "BACKWARD");
        Assert.Equal("""{"is_compatible":true}""", (await TestAsync("1", Schema("{A}{b}"))).Good());
        Assert.Equal("""{"is_compatible":false}""", (await TestAsync("latest", Schema("{A}{b}"))).Good());
        (await TestAsync("3", Schema("{A}"))).Refused(40402);
        (await TestAsync("no", Schema("{A}"))).Refused(42202);

        Task<RegistryAnswer> TestAsync(string version, string schema) => _registry.PostAsync($"compatibility/subjects/{subject}/versions/{version}", Body(schema));
    }

    [Fact]
    public async Task Test_ShouldSayWhy_WhenVerbose()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, Schema(""));
        JsonNode tested = (await _registry.PostAsync($"compatibility/subjects/{subject}/versions/latest?verbose=true", Body(Schema("{B}")))).Json;
        Assert.False((bool)tested["is_compatible"]!);
        Assert.Contains("READER_FIELD_MISSING_DEFAULT_VALUE", (string)tested["messages"]![0]!);
        Assert.Equal(
            """{"is_compatible":true,"messages":[]}""",
            (await _registry.PostAsync($"compatibility/subjects/{subject}/versions/latest?verbose=true", Body(Schema("{b}")))).Good());
    }

    [Fact]
    public async Task Test_ShouldCallAnInvalidSchemaIncompatible_OnlyWhenVerbose()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, Schema(""));
        (await _registry.PostAsync($"compatibility/subjects/{subject}/versions/latest", Body("\"nothing\""))).Refused(42201);
        JsonNode tested = (await _registry.PostAsync($"compatibility/subjects/{subject}/versions/latest?verbose=true", Body("\"nothing\""))).Json;
        Assert.False((bool)tested["is_compatible"]!);
        Assert.Single(tested["messages"]!.AsArray());
    }

    [Fact]
    public async Task Test_ShouldTakeAnySchema_WhenTheSubjectHasNone()
    {
        string subject = fixture.NewSubject();
        Assert.Equal("""{"is_compatible":true}""", (await _registry.PostAsync($"compatibility/subjects/{subject}/versions/latest", Body("\"int\""))).Good());
        Assert.Equal("""{"is_compatible":true}""", (await _registry.PostAsync($"compatibility/subjects/{subject}/versions", Body("\"int\""))).Good());
        (await _registry.PostAsync($"compatibility/subjects/{subject}/versions/1", Body("\"int\""))).Refused(40402);
    }

    private async Task SetAsync(string subject, string level) => (await _registry.PutAsync($"config/{subject}", $$"""{"compatibility":"{{level}}"}""")).Good();

    /// <summary>A record with these fields: small letters have a default. Anything in quotes is taken as it is.</summary>
    private static string Schema(string fields) => fields.StartsWith('"')
        ? fields
        : RegistryFixture.Record("Evolving", fields.Replace("}{", "},{").Replace("{a}", A).Replace("{b}", B).Replace("{A}", BareA).Replace("{B}", BareB));
}
