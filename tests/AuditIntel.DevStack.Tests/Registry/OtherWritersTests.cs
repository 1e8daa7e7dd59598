using System.Diagnostics;
using System.Text.Json.Nodes;
using AuditIntel.DevStack.Tests.Broker;
using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>A topic that others have written, or write while the registry runs.</summary>
public sealed class OtherWritersTests : IAsyncLifetime
{
    private const string Noop = """{"keytype":"NOOP","magic":0}""";
    private const string StringOne = """{"subject":"Kafka-key","version":1,"id":1,"schema":"\"string\"","deleted":false}""";

    private TestBroker _broker = null!;

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync();

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task Registry_ShouldTakeOverAConfluentTopic()
    {
        await using (await TestRegistry.StartAsync(_broker.Servers))
        {
            // Makes the topic.
        }

        await SchemasTopic.WriteAsync(
            _broker.Servers,
            (Noop, null),
            (Key("Kafka-key", 1), StringOne),
            (Key("Kafka-value", 1), """{"subject":"Kafka-value","version":1,"id":1,"md5":"CV1xzxJVa51eMwrVdbPfXQ==","schema":"\"string\"","deleted":false,"offset":2,"ts":123}"""),
            (Key("Kafka-value", 2), """{"subject":"Kafka-value","version":2,"id":2,"schemaType":"JSON","schema":"{\"type\":\"object\"}","deleted":false}"""),
            (Key("gone-value", 1), """{"subject":"gone-value","version":1,"id":3,"schema":"\"long\"","deleted":false}"""),
            ("""{"keytype":"DELETE_SUBJECT","subject":"gone-value","magic":0}""", """{"subject":"gone-value","version":1}"""),
            ("""{"keytype":"CONFIG","subject":null,"magic":0}""", """{"compatibilityLevel":"FORWARD"}"""),
            ("""{"keytype":"CONFIG","subject":"Kafka-key","magic":0}""", """{"subject":"Kafka-key","alias":"other","compatibilityLevel":"NONE"}"""),
            ("""{"keytype":"MODE","subject":"Kafka-value","magic":0}""", """{"subject":"Kafka-value","mode":"READONLY"}"""),
            ("""{"keytype":"CONTEXT","tenant":"default","context":"c","magic":0}""", """{"tenant":"default","context":"c"}"""),
            (Key(":.c:x", 1), """{"subject":":.c:x","version":1,"id":4,"schema":"\"bytes\"","deleted":false}"""));

        await using TestRegistry registry = await TestRegistry.StartAsync(_broker.Servers);
        Assert.Equal("""["Kafka-key","Kafka-value"]""", (await registry.GetAsync("subjects")).Good());
        Assert.Equal("""["gone-value"]""", (await registry.GetAsync("subjects?deletedOnly=true")).Good());
        Assert.Equal("""["Kafka-key","Kafka-value"]""", (await registry.GetAsync("schemas/ids/1/subjects")).Good());
        Assert.Equal("JSON", (string)(await registry.GetAsync("schemas/ids/2")).Json["schemaType"]!);
        Assert.Equal("""{"compatibilityLevel":"FORWARD"}""", (await registry.GetAsync("config")).Good());
        (await registry.PostAsync("subjects/Kafka-value/versions", Body("\"int\""))).Refused(42205);
        Assert.Equal(4, await registry.RegisterAsync("Kafka-key", "\"int\""));

        // What only Confluent's registry knows is still there when the record is written again.
        (await registry.PutAsync("config/Kafka-key", """{"compatibility":"FULL"}""")).Good();
        Assert.EndsWith(""" {"subject":"Kafka-key","alias":"other","compatibilityLevel":"FULL"}""", SchemasTopic.Records(_broker.Servers)[^1]);
    }

    [Fact]
    public async Task Registry_ShouldShowWhatAnotherWrites()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(_broker.Servers);
        await SchemasTopic.WriteAsync(_broker.Servers, (Key("Kafka-key", 1), StringOne), (Noop, null));
        await UntilAsync(async () => (await registry.GetAsync("subjects")).Body == """["Kafka-key"]""");
        await SchemasTopic.WriteAsync(_broker.Servers, (Key("Kafka-key", 1), null));
        await UntilAsync(async () => (await registry.GetAsync("subjects?deleted=true")).Body == "[]");
    }

    [Theory]
    [InlineData("not json", "{}")]
    [InlineData("""{"keytype":"SCHEMA","subject":"bad","version":1,"magic":1}""", "not json")]
    [InlineData("""{"keytype":"SCHEMA","subject":"bad","version":1,"magic":1}""", """{"subject":"bad"}""")]
    [InlineData("""{"keytype":"SCHEMA","subject":"bad","version":1,"magic":7}""", StringOne)]
    [InlineData("""{"keytype":"SCHEMA","subject":"bad","version":1,"magic":1}""", """{"subject":"bad","version":1,"id":1,"schema":"\"double\"","deleted":false}""")]
    [InlineData("""{"keytype":"CONFIG","subject":"bad","magic":0}""", "7")]
    [InlineData("""{"keytype":"MODE","subject":"bad","magic":0}""", "[]")]
    [InlineData("""{"keytype":"DELETE_SUBJECT","subject":"Kafka-key","magic":0}""", "{}")]
    [InlineData("""{"keytype":"ASSOC","magic":0}""", "{}")]
    public async Task Record_ShouldBePassedOver_WhenItCannotBeRead(string key, string value)
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(_broker.Servers);
        await SchemasTopic.WriteAsync(_broker.Servers, (Key("Kafka-key", 1), StringOne), (key, value));
        Assert.Equal(2, await registry.RegisterAsync("after", "\"int\""));
        Assert.Equal("""["Kafka-key","after"]""", (await registry.GetAsync("subjects?deleted=true")).Good());
    }

    [Fact]
    public async Task StoredSchema_ShouldBeHandedOut_EvenWhenItIsNoLongerValid()
    {
        await using TestRegistry registry = await TestRegistry.StartAsync(_broker.Servers);
        await SchemasTopic.WriteAsync(_broker.Servers, (Key("old", 1), """{"subject":"old","version":1,"id":1,"schema":"{\"type\":\"enum\",\"name\":\"bad-name\",\"symbols\":[]}","deleted":false}"""));
        await UntilAsync(async () => (await registry.GetAsync("subjects/old/versions/1")).Status == 200);
        JsonNode tested = (await registry.PostAsync("compatibility/subjects/old/versions/latest?verbose=true", Body("\"int\""))).Json;
        Assert.False((bool)tested["is_compatible"]!);
        Assert.NotEmpty(tested["messages"]!.AsArray());
    }

    private static string Key(string subject, int version) => $$"""{"keytype":"SCHEMA","subject":"{{subject}}","version":{{version}},"magic":1}""";

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "It did not come to that in 30 s.");
            await Task.Delay(20);
        }
    }
}
