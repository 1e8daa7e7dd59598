using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>Soft and permanent deletion of versions and subjects.</summary>
[Collection(SharedRegistry.Name)]
public sealed class DeletionTests(RegistryFixture fixture)
{
    private readonly TestRegistry _registry = fixture.Registry;

    [Fact]
    public async Task Version_ShouldBeHiddenAndThenGone()
    {
        string subject = fixture.NewSubject();
        int id = await _registry.RegisterAsync(subject, fixture.NewSchema());
        Assert.Equal("1", (await _registry.DeleteAsync($"subjects/{subject}/versions/latest")).Good());
        (await _registry.GetAsync($"subjects/{subject}/versions/1")).Refused(40401);
        Assert.Equal(id, (int)(await _registry.GetAsync($"subjects/{subject}/versions/1?deleted=true")).Json["id"]!);

        Assert.Equal("1", (await _registry.DeleteAsync($"subjects/{subject}/versions/1?permanent=true")).Good());
        (await _registry.GetAsync($"subjects/{subject}/versions/1?deleted=true")).Refused(40401);
        (await _registry.GetAsync($"schemas/ids/{id}")).Refused(40403);
    }

    [Fact]
    public async Task Version_ShouldBeDeletedSoftlyBeforeItIsDeletedForGood()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, fixture.NewSchema());
        (await _registry.DeleteAsync($"subjects/{subject}/versions/1?permanent=true")).Refused(40407);
        (await _registry.DeleteAsync($"subjects/{subject}/versions/1")).Good();
        (await _registry.DeleteAsync($"subjects/{subject}/versions/1")).Refused(40406);
    }

    [Fact]
    public async Task Subject_ShouldBeHiddenAndThenGone_WithItsSettings()
    {
        string subject = fixture.NewSubject();
        await RegisterTwoAsync(subject);
        (await _registry.PutAsync($"mode/{subject}", """{"mode":"READWRITE"}""")).Good();
        Assert.Equal("[1,2]", (await _registry.DeleteAsync($"subjects/{subject}")).Good());
        (await _registry.GetAsync($"subjects/{subject}/versions")).Refused(40401);

        Assert.Equal("[1,2]", (await _registry.DeleteAsync($"subjects/{subject}?permanent=true")).Good());
        (await _registry.GetAsync($"subjects/{subject}/versions?deleted=true")).Refused(40401);
        (await _registry.GetAsync($"config/{subject}")).Refused(40408);
        (await _registry.GetAsync($"mode/{subject}")).Refused(40409);
    }

    [Fact]
    public async Task Subject_ShouldBeDeletedSoftlyBeforeItIsDeletedForGood()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, fixture.NewSchema());
        (await _registry.DeleteAsync($"subjects/{subject}?permanent=true")).Refused(40405);
        (await _registry.DeleteAsync($"subjects/{subject}")).Good();
        (await _registry.DeleteAsync($"subjects/{subject}")).Refused(40404);
    }

    [Fact]
    public async Task Subject_ShouldLoseOnlyItsOtherVersions_WhenSomeWereDeletedBefore()
    {
        string subject = fixture.NewSubject();
        await RegisterTwoAsync(subject);
        (await _registry.DeleteAsync($"subjects/{subject}/versions/1")).Good();
        Assert.Equal("[2]", (await _registry.DeleteAsync($"subjects/{subject}")).Good());
        Assert.Equal("[1,2]", (await _registry.DeleteAsync($"subjects/{subject}?permanent=true")).Good());
    }

    [Theory]
    [InlineData("", 40401)]
    [InlineData("/versions/1", 40401)]
    [InlineData("?permanent=true", 40401)]
    [InlineData("/versions/x", 42202)]
    public async Task MissingThings_ShouldNotBeDeleted(string what, int code) => (await _registry.DeleteAsync($"subjects/{fixture.NewSubject()}{what}")).Refused(code);

    [Fact]
    public async Task MissingVersion_ShouldNotBeDeleted()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, fixture.NewSchema());
        (await _registry.DeleteAsync($"subjects/{subject}/versions/2")).Refused(40402);
    }

    [Fact]
    public async Task Schema_ShouldComeBackAsANewVersionWithItsId_WhenItWasDeletedSoftly()
    {
        string subject = fixture.NewSubject();
        string schema = fixture.NewSchema();
        int id = await _registry.RegisterAsync(subject, schema);
        (await _registry.DeleteAsync($"subjects/{subject}")).Good();
        Assert.Equal(id, await _registry.RegisterAsync(subject, schema));
        Assert.Equal("[2]", (await _registry.GetAsync($"subjects/{subject}/versions?deleted=true")).Good());
    }

    [Fact]
    public async Task Schema_ShouldGetANewId_WhenItWasDeletedForGood()
    {
        string subject = fixture.NewSubject();
        string schema = fixture.NewSchema();
        int id = await _registry.RegisterAsync(subject, schema);
        (await _registry.DeleteAsync($"subjects/{subject}")).Good();
        (await _registry.DeleteAsync($"subjects/{subject}?permanent=true")).Good();
        Assert.True(await _registry.RegisterAsync(subject, schema) > id);
        Assert.Equal("[1]", (await _registry.GetAsync($"subjects/{subject}/versions")).Good());
    }

    [Fact]
    public async Task DeletedVersion_ShouldNotCount_ForCompatibility()
    {
        string subject = fixture.NewSubject();
        await _registry.RegisterAsync(subject, fixture.NewSchema("""{"name":"a","type":"int"}"""));
        (await _registry.PostAsync($"subjects/{subject}/versions", Body("\"string\""))).Refused(409);
        (await _registry.DeleteAsync($"subjects/{subject}/versions/1")).Good();
        await _registry.RegisterAsync(subject, "\"string\"");
    }

    private async Task RegisterTwoAsync(string subject)
    {
        (await _registry.PutAsync($"config/{subject}", """{"compatibility":"NONE"}""")).Good();
        await _registry.RegisterAsync(subject, fixture.NewSchema());
        await _registry.RegisterAsync(subject, fixture.NewSchema());
    }
}
