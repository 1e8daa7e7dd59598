using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary><c>/config/{subject}</c> and <c>/mode/{subject}</c>.</summary>
[Collection(SharedRegistry.Name)]
public sealed class SubjectSettingsTests(RegistryFixture fixture)
{
    private readonly TestRegistry _registry = fixture.Registry;

    [Theory]
    [InlineData("NONE")]
    [InlineData("BACKWARD")]
    [InlineData("BACKWARD_TRANSITIVE")]
    [InlineData("FORWARD")]
    [InlineData("FORWARD_TRANSITIVE")]
    [InlineData("FULL")]
    [InlineData("FULL_TRANSITIVE")]
    public async Task Config_ShouldBeSetShownAndDeleted(string level)
    {
        string subject = fixture.NewSubject();
        Assert.Equal($$"""{"compatibility":"{{level}}"}""", (await _registry.PutAsync($"config/{subject}", $$"""{"compatibility":"{{level}}"}""")).Good());
        Assert.Equal($$"""{"compatibilityLevel":"{{level}}"}""", (await _registry.GetAsync($"config/{subject}")).Good());
        Assert.Equal($$"""{"compatibilityLevel":"{{level}}"}""", (await _registry.DeleteAsync($"config/{subject}")).Good());
        (await _registry.GetAsync($"config/{subject}")).Refused(40408);
        (await _registry.DeleteAsync($"config/{subject}")).Refused(40401);
    }

    [Fact]
    public async Task Config_ShouldKeepWhatARequestDoesNotName()
    {
        string subject = fixture.NewSubject();
        (await _registry.PutAsync($"config/{subject}", """{"compatibility":"FULL","normalize":true}""")).Good();
        Assert.Equal("""{"normalize":true,"compatibility":"NONE"}""", (await _registry.PutAsync($"config/{subject}", """{"compatibility":"NONE"}""")).Good());
        Assert.Equal("""{"compatibility":"NONE"}""", (await _registry.PutAsync($"config/{subject}", """{"normalize":null}""")).Good());
    }

    [Theory]
    [InlineData("""{"compatibility":"SIDEWAYS"}""", 42203)]
    [InlineData("""{"compatibility":7}""", 400)]
    [InlineData("""{"compatibility":"NONE","normalize":"yes"}""", 400)]
    [InlineData("""{"alias":"other"}""", 422)]
    [InlineData("null", 422)]
    public async Task Config_ShouldBeRefused_WhenItIsUnknown(string body, int code)
    {
        string subject = fixture.NewSubject();
        (await _registry.PutAsync($"config/{subject}", body)).Refused(code);
        (await _registry.GetAsync($"config/{subject}")).Refused(40408);
    }

    [Theory]
    [InlineData("READWRITE")]
    [InlineData("READONLY")]
    [InlineData("READONLY_OVERRIDE")]
    [InlineData("IMPORT")]
    public async Task Mode_ShouldBeSetShownAndDeleted(string mode)
    {
        string subject = fixture.NewSubject();
        string body = $$"""{"mode":"{{mode}}"}""";
        (await _registry.GetAsync($"mode/{subject}")).Refused(40409);
        Assert.Equal(body, (await _registry.PutAsync($"mode/{subject}", body)).Good());
        Assert.Equal(body, (await _registry.GetAsync($"mode/{subject}")).Good());
        Assert.Equal(body, (await _registry.DeleteAsync($"mode/{subject}")).Good());
        (await _registry.DeleteAsync($"mode/{subject}")).Refused(40401);
    }

    [Theory]
    [InlineData("""{"mode":"SOMETIMES"}""", 42204)]
    [InlineData("""{"mode":"FORWARD"}""", 42204)]
    [InlineData("{}", 42204)]
    [InlineData("""{"mode":1}""", 400)]
    public async Task Mode_ShouldBeRefused_WhenItIsUnknown(string body, int code) => (await _registry.PutAsync($"mode/{fixture.NewSubject()}", body)).Refused(code);

    [Fact]
    public async Task Import_ShouldKeepIdsAndVersions_AndNotCompare()
    {
        string subject = fixture.NewSubject();
        await ImportAsync(subject);
        string first = fixture.NewSchema("""{"name":"a","type":"int"}""");
        Assert.Equal(900_001, await _registry.RegisterAsync(subject, first, ("id", 900_001), ("version", 4)));
        Assert.Equal(900_002, await _registry.RegisterAsync(subject, "\"bytes\"", ("id", 900_002), ("version", 2)));
        Assert.Equal("[2,4]", (await _registry.GetAsync($"subjects/{subject}/versions")).Good());
        Assert.Equal(first, (await _registry.GetAsync("schemas/ids/900001/schema")).Good());
    }

    [Fact]
    public async Task Import_ShouldRefuseAnIdThatStandsForAnotherSchema()
    {
        int id = await _registry.RegisterAsync(fixture.NewSubject(), fixture.NewSchema());
        string subject = fixture.NewSubject();
        await ImportAsync(subject);
        (await _registry.PostAsync($"subjects/{subject}/versions", Body(fixture.NewSchema(), ("id", id)))).Refused(42205);
    }

    [Fact]
    public async Task Import_ShouldWantAnId()
    {
        string subject = fixture.NewSubject();
        await ImportAsync(subject);
        (await _registry.PostAsync($"subjects/{subject}/versions", Body(fixture.NewSchema()))).Refused(42205);
    }

    [Fact]
    public async Task Import_ShouldNeedAnEmptySubject_UnlessItIsForced()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, fixture.NewSchema());
        (await _registry.PutAsync($"mode/{subject}", """{"mode":"IMPORT"}""")).Refused(42205);
        (await _registry.PutAsync($"mode/{subject}?force=true", """{"mode":"IMPORT"}""")).Good();
    }

    [Fact]
    public async Task ReadOnlySubject_ShouldRefuseWrites()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, fixture.NewSchema());
        (await _registry.PutAsync($"mode/{subject}", """{"mode":"READONLY"}""")).Good();
        (await _registry.PostAsync($"subjects/{subject}/versions", Body(fixture.NewSchema()))).Refused(42205);
        (await _registry.DeleteAsync($"subjects/{subject}")).Refused(42205);
        await _registry.RegisterAsync(fixture.NewSubject(), fixture.NewSchema());
    }

    private async Task ImportAsync(string subject) => (await _registry.PutAsync($"mode/{subject}", """{"mode":"IMPORT"}""")).Good();
}
