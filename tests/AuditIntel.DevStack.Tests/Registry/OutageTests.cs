using System.Diagnostics;
using AuditIntel.DevStack.Tests.Broker;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>A broker that goes and comes, and a registry that does.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(2);

    private TestBroker _broker = null!;

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync();

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task Registry_ShouldForgetNothing_WhenItStartsAgain()
    {
        string[] paths = ["subjects?deleted=true", "schemas?deleted=true", "subjects/s/versions?deleted=true", "config", "config/s", "mode", "mode/t", "schemas/ids/1/versions"];
        string[] before;
        await using (TestRegistry registry = await TestRegistry.StartAsync(_broker.Servers))
        {
            (await registry.PutAsync("config/s", """{"compatibility":"NONE"}""")).Good();
            (await registry.PutAsync("config", """{"compatibility":"FULL"}""")).Good();
            await registry.RegisterAsync("s", "\"int\"");
            await registry.RegisterAsync("s", "\"string\"");
            await registry.RegisterAsync("t", "\"int\"");
            await registry.RegisterAsync("u", "\"long\"");
            (await registry.DeleteAsync("subjects/s/versions/1")).Good();
            (await registry.DeleteAsync("subjects/u")).Good();
            (await registry.PutAsync("mode/t", """{"mode":"READONLY"}""")).Good();
            before = await ReadAsync(registry, paths);
        }

        await _broker.RestartAsync();
        await using TestRegistry again = await TestRegistry.StartAsync(_broker.Servers);
        Assert.Equal(before, await ReadAsync(again, paths));
        Assert.Equal(4, await again.RegisterAsync("v", "\"bytes\""));
    }

    [Fact]
    public async Task Write_ShouldFailInTime_WhenTheBrokerIsAway_AndWorkAgainWhenItIsBack()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(_broker.Servers, StoreTimeout);
        int id = await registry.RegisterAsync("s", "\"int\"");
        await _broker.StopAsync();

        var clock = Stopwatch.StartNew();
        RegistryAnswer[] answers = await Task.WhenAll(
            registry.PostAsync("subjects/t/versions", TestRegistry.Body("\"long\"")),
            registry.PutAsync("config/s", """{"compatibility":"NONE"}"""),
            registry.PutAsync("mode/s", """{"mode":"READONLY"}"""),
            registry.DeleteAsync("subjects/s"));
        Assert.All(answers, answer => Assert.True(answer.Status == 500 && answer.ErrorCode is 50001 or 50002, answer.Body));
        Assert.True(clock.Elapsed < 5 * StoreTimeout, $"{clock.Elapsed}");

        // What is known needs no broker.
        Assert.Equal("\"int\"", (await registry.GetAsync($"schemas/ids/{id}/schema")).Good());
        Assert.Equal(id, await registry.RegisterAsync("s", "\"int\""));

        await _broker.StartAgainAsync();
        RegistryAnswer answer;
        clock.Restart();
        while ((answer = await registry.PostAsync("subjects/t/versions", TestRegistry.Body("\"long\""))).Status == 500 && clock.Elapsed < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(100);
        }

        Assert.Equal("""{"id":2}""", answer.Good());
        Assert.Equal("""["s","t"]""", (await registry.GetAsync("subjects")).Good());
    }

    [Fact]
    public async Task Start_ShouldFailWithAReason_WhenTheBrokerIsAway()
    {
        string servers = _broker.Servers;
        await _broker.StopAsync();
        var clock = Stopwatch.StartNew();
        IOException failure = await Assert.ThrowsAsync<IOException>(() => TestRegistry.StartAsync(servers, StoreTimeout));
        Assert.Contains(servers, failure.Message);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"{clock.Elapsed}");
        await _broker.StartAgainAsync();
    }

    [Fact]
    public async Task Registry_ShouldStopAtOnce_WhileTheBrokerIsAway()
    {
        TestRegistry registry = await TestRegistry.StartAsync(_broker.Servers, StoreTimeout);
        await registry.RegisterAsync("s", "\"int\"");
        await _broker.StopAsync();
        var clock = Stopwatch.StartNew();
        await registry.DisposeAsync();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"{clock.Elapsed}");
        await _broker.StartAgainAsync();
    }

    [Fact]
    public void Options_ShouldSayWhatIsWrong()
    {
        var options = new EmbeddedSchemaRegistryOptions { BootstrapServer = "", Port = 70_000, StoreTimeout = TimeSpan.Zero };
        Assert.Equal(3, options.Validate().Count());
    }

    private static async Task<string[]> ReadAsync(TestRegistry registry, string[] paths)
    {
        var read = new List<string>();
        foreach (string path in paths)
        {
            read.Add((await registry.GetAsync(path)).Good());
        }

        return [.. read];
    }
}
