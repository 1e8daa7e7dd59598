using AuditIntel.DevStack.Tests.Broker;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>Many clients, and two registries on one topic.</summary>
public sealed class TwoRegistriesTests : IAsyncLifetime
{
    private TestBroker _broker = null!;
    private TestRegistry _one = null!;
    private TestRegistry _two = null!;

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync();
        _one = await TestRegistry.StartAsync(_broker.Servers);
        _two = await TestRegistry.StartAsync(_broker.Servers);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task SameSchema_ShouldGetOneId_WhenManyRegisterItAtOnce()
    {
        int[] ids = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => _one.RegisterAsync("s", "\"int\"")));
        Assert.Equal(1, Assert.Single(ids.Distinct()));
        Assert.Equal("[1]", (await _one.GetAsync("subjects/s/versions")).Good());
        Assert.Single(SchemasTopic.Records(_broker.Servers));
    }

    [Fact]
    public async Task SameSchema_ShouldGetOneId_WhenItIsRegisteredAtBothAtOnce()
    {
        for (int round = 0; round < 10; round++)
        {
            string schema = RegistryFixture.Record($"Round{round}");
            int[] ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? _one : _two).RegisterAsync($"s-{round}", schema)));
            Assert.Single(ids.Distinct());
        }

        await AgreeAsync();
    }

    [Fact]
    public async Task DifferentSchemas_ShouldGetDifferentIds_WhenTheyAreRegisteredAtBothAtOnce()
    {
        const int Schemas = 60;
        int[] ids = await Task.WhenAll(Enumerable.Range(0, Schemas).Select(i => (i % 2 == 0 ? _one : _two).RegisterAsync($"s-{i}", RegistryFixture.Record($"R{i}"))));
        Assert.Equal(Schemas, ids.Distinct().Count());
        await AgreeAsync();
        for (int i = 0; i < Schemas; i++)
        {
            foreach (TestRegistry registry in new[] { _one, _two })
            {
                Assert.Equal(RegistryFixture.Record($"R{i}"), (await registry.GetAsync($"schemas/ids/{ids[i]}/schema")).Good());
            }
        }
    }

    /// <summary>Both write the next version of one subject: nobody's schema is lost, and no version is two.</summary>
    [Fact]
    public async Task Versions_ShouldAllBeKept_WhenBothWriteTheSameSubject()
    {
        const int Schemas = 24;
        (await _one.PutAsync("config/s", """{"compatibility":"NONE"}""")).Good();
        int[] ids = await Task.WhenAll(Enumerable.Range(0, Schemas).Select(async i =>
        {
            // A registry that keeps losing the race answers 500; its client tries again.
            TestRegistry registry = i % 2 == 0 ? _one : _two;
            for (int attempt = 0; ; attempt++)
            {
                RegistryAnswer answer = await registry.PostAsync("subjects/s/versions", TestRegistry.Body(RegistryFixture.Record($"R{i}")));
                if (answer.Status != 500 || attempt == 5)
                {
                    answer.Good();
                    return (int)answer.Json["id"]!;
                }
            }
        }));
        Assert.Equal(Schemas, ids.Distinct().Count());
        await AgreeAsync();
        int[] kept = [.. (await _two.GetAsync("schemas?subjectPrefix=s")).Json.AsArray().Select(each => (int)each!["id"]!)];
        Assert.True(ids.Order().SequenceEqual(kept.Order()), $"of the ids {string.Join(' ', ids.Order())} {string.Join('\n', SchemasTopic.Records(_broker.Servers))}");
    }

    [Fact]
    public async Task WriteAtOne_ShouldHoldAtTheOther()
    {
        await _one.RegisterAsync("s", "\"int\"");
        (await _two.PostAsync("subjects/s/versions", TestRegistry.Body("\"string\""))).Refused(409);
        (await _two.PutAsync("mode", """{"mode":"READONLY"}""")).Good();
        (await _one.PostAsync("subjects/s/versions", TestRegistry.Body("\"long\""))).Refused(42205);
    }

    /// <summary>A write at one makes it read all that the other has written; then all lists must be the same, and the same as one that starts afresh.</summary>
    private async Task AgreeAsync()
    {
        await using TestRegistry fresh = await TestRegistry.StartAsync(_broker.Servers);
        string expected = (await fresh.GetAsync("schemas?deleted=true")).Good();
        (await _one.PutAsync("mode/probe", """{"mode":"READWRITE"}""")).Good();
        (await _two.PutAsync("mode/probe", """{"mode":"READWRITE"}""")).Good();
        Assert.Equal(expected, (await _one.GetAsync("schemas?deleted=true")).Good());
        Assert.Equal(expected, (await _two.GetAsync("schemas?deleted=true")).Good());
    }
}
