using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary><c>/config</c> and <c>/mode</c> of all subjects: each test has a registry of its own.</summary>
public sealed class GlobalSettingsTests : IAsyncLifetime
{
    private readonly RegistryFixture _fixture = new();

    private TestRegistry Registry => _fixture.Registry;

    public Task InitializeAsync() => _fixture.InitializeAsync();

    public Task DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Config_ShouldBeBackward_UntilItIsSetAndAfterItIsDeleted()
    {
        Assert.Equal("""{"compatibilityLevel":"BACKWARD"}""", (await Registry.GetAsync("config")).Good());
        Assert.Equal("""{"compatibility":"FULL_TRANSITIVE"}""", (await Registry.PutAsync("config", """{"compatibility":"full_transitive"}""")).Good());
        Assert.Equal("""{"compatibilityLevel":"FULL_TRANSITIVE"}""", (await Registry.GetAsync("config")).Good());
        Assert.Equal("""{"compatibilityLevel":"FULL_TRANSITIVE"}""", (await Registry.DeleteAsync("config")).Good());
        Assert.Equal("""{"compatibilityLevel":"BACKWARD"}""", (await Registry.GetAsync("config")).Good());
    }

    [Fact]
    public async Task SubjectConfig_ShouldFallBackToTheGlobalOne_OnlyWhenAskedFor()
    {
        (await Registry.PutAsync("config", """{"compatibility":"NONE"}""")).Good();
        (await Registry.GetAsync("config/s")).Refused(40408);
        Assert.Equal("""{"compatibilityLevel":"NONE"}""", (await Registry.GetAsync("config/s?defaultToGlobal=true")).Good());
        await Registry.RegisterAsync("s", "\"int\"");
        await Registry.RegisterAsync("s", "\"string\"");
    }

    [Fact]
    public async Task SubjectConfig_ShouldGoBeforeTheGlobalOne()
    {
        (await Registry.PutAsync("config", """{"compatibility":"NONE"}""")).Good();
        (await Registry.PutAsync("config/s", """{"compatibility":"BACKWARD"}""")).Good();
        await Registry.RegisterAsync("s", "\"int\"");
        (await Registry.PostAsync("subjects/s/versions", Body("\"string\""))).Refused(409);
    }

    [Fact]
    public async Task GlobalNormalize_ShouldHoldForEverySubject()
    {
        Assert.Equal("""{"normalize":true}""", (await Registry.PutAsync("config", """{"normalize":true}""")).Good());
        await Registry.RegisterAsync("s", """{"type":"int","b":1,"a":2}""");
        Assert.Equal("""{"type":"int","a":2,"b":1}""", (await Registry.GetAsync("subjects/s/versions/1/schema")).Good());
        (await Registry.PostAsync("subjects/s", Body("""{"b":1,"a":2,"type":"int"}"""))).Good();
    }

    [Fact]
    public async Task ReadOnlyMode_ShouldRefuseWrites_AndLetReadsAndKnownSchemasThrough()
    {
        int id = await Registry.RegisterAsync("s", "\"int\"");
        Assert.Equal("""{"mode":"READONLY"}""", (await Registry.PutAsync("mode", """{"mode":"readonly"}""")).Good());
        (await Registry.PostAsync("subjects/s/versions", Body("\"long\""))).Refused(42205);
        (await Registry.DeleteAsync("subjects/s")).Refused(42205);
        (await Registry.DeleteAsync("subjects/s/versions/1")).Refused(42205);
        (await Registry.PutAsync("config/s", """{"compatibility":"NONE"}""")).Refused(42205);
        (await Registry.PutAsync("config", """{"compatibility":"NONE"}""")).Refused(42205);
        (await Registry.DeleteAsync("config")).Refused(42205);
        Assert.Equal(id, await Registry.RegisterAsync("s", "\"int\""));
        (await Registry.GetAsync("subjects/s/versions/1")).Good();
    }

    [Fact]
    public async Task SubjectMode_ShouldGoBeforeTheGlobalOne()
    {
        (await Registry.PutAsync("mode", """{"mode":"READONLY_OVERRIDE"}""")).Good();
        (await Registry.PutAsync("mode/s", """{"mode":"READWRITE"}""")).Good();
        await Registry.RegisterAsync("s", "\"int\"");
        (await Registry.PostAsync("subjects/other/versions", Body("\"int\""))).Refused(42205);
    }

    [Fact]
    public async Task Mode_ShouldBeReadWrite_UntilItIsSetAndAfterItIsDeleted()
    {
        Assert.Equal("""{"mode":"READWRITE"}""", (await Registry.GetAsync("mode")).Good());
        (await Registry.PutAsync("mode", """{"mode":"READONLY"}""")).Good();
        (await Registry.GetAsync("mode/s")).Refused(40409);
        Assert.Equal("""{"mode":"READONLY"}""", (await Registry.GetAsync("mode/s?defaultToGlobal=true")).Good());
        Assert.Equal("""{"mode":"READONLY"}""", (await Registry.DeleteAsync("mode")).Good());
        Assert.Equal("""{"mode":"READWRITE"}""", (await Registry.GetAsync("mode")).Good());
    }

    [Fact]
    public async Task ImportMode_ShouldNeedAnEmptyRegistry_UnlessItIsForced()
    {
        await Registry.RegisterAsync("s", "\"int\"");
        (await Registry.PutAsync("mode", """{"mode":"IMPORT"}""")).Refused(42205);
        Assert.Equal("""{"mode":"IMPORT"}""", (await Registry.PutAsync("mode?force=true", """{"mode":"IMPORT"}""")).Good());
        Assert.Equal("""["s"]""", (await Registry.GetAsync("subjects")).Good());
    }

    [Fact]
    public async Task ImportMode_ShouldDoAwayWithSoftlyDeletedSchemas()
    {
        int id = await Registry.RegisterAsync("s", "\"int\"");
        (await Registry.DeleteAsync("subjects/s")).Good();
        (await Registry.PutAsync("mode", """{"mode":"IMPORT"}""")).Good();
        (await Registry.GetAsync($"schemas/ids/{id}")).Refused(40403);
        Assert.Equal("[]", (await Registry.GetAsync("subjects?deleted=true")).Good());
    }

    [Fact]
    public async Task IdsAfterAnImport_ShouldFollowTheHighestOne()
    {
        (await Registry.PutAsync("mode", """{"mode":"IMPORT"}""")).Good();
        Assert.Equal(500, await Registry.RegisterAsync("s", "\"int\"", ("id", 500), ("version", 3)));
        (await Registry.PutAsync("mode", """{"mode":"READWRITE"}""")).Good();
        Assert.Equal(501, await Registry.RegisterAsync("t", "\"long\""));
        Assert.Equal(500, await Registry.RegisterAsync("t2", "\"int\""));
    }
}
