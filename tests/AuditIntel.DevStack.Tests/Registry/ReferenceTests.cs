using System.Text.Json.Nodes;
using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>Schemas that use types of other subjects.</summary>
[Collection(SharedRegistry.Name)]
public sealed class ReferenceTests(RegistryFixture fixture)
{
    private const string Address = """{"type":"record","name":"Address","namespace":"chain","fields":[{"name":"hex","type":"string"}]}""";
    private const string Transfer = """{"type":"record","name":"Transfer","namespace":"chain","fields":[{"name":"from","type":"Address"},{"name":"to","type":"Address"}]}""";
    private const string Resolved = """{"type":"record","name":"Transfer","namespace":"chain","fields":[{"name":"from","type":{"type":"record","name":"Address","fields":[{"name":"hex","type":"string"}]}},{"name":"to","type":"Address"}]}""";

    private readonly TestRegistry _registry = fixture.Registry;

    [Fact]
    public async Task Reference_ShouldShowWithTheVersion_AndBeWrittenOutWhenResolved()
    {
        (string address, string transfer) = await RegisterBothAsync();
        JsonNode shown = (await _registry.GetAsync($"subjects/{transfer}/versions/1")).Json;
        Assert.Equal($$"""[{"name":"chain.Address","subject":"{{address}}","version":1}]""", shown["references"]!.ToJsonString());
        Assert.Equal(Transfer, (string)shown["schema"]!);
        Assert.Equal(Resolved, (string)(await _registry.GetAsync($"subjects/{transfer}/versions/1?format=resolved")).Json["schema"]!);
        Assert.Equal(Resolved, (await _registry.GetAsync($"schemas/ids/{shown["id"]}/schema?format=resolved")).Good());
    }

    [Fact]
    public async Task Reference_ShouldGetTheTrueVersion_WhenItAsksForTheLatest()
    {
        (string address, string transfer) = await RegisterBothAsync(version: -1);
        Assert.Equal(1, (int)(await _registry.GetAsync($"subjects/{transfer}/versions/1")).Json["references"]![0]!["version"]!);
        Assert.NotEqual("[]", (await _registry.GetAsync($"subjects/{address}/versions/1/referencedby")).Good());
    }

    [Fact]
    public async Task ReferencedBy_ShouldListTheIds()
    {
        (string address, string transfer) = await RegisterBothAsync();
        string id = (await _registry.GetAsync($"subjects/{transfer}/versions/1")).Json["id"]!.ToString();
        Assert.Equal($"[{id}]", (await _registry.GetAsync($"subjects/{address}/versions/latest/referencedby")).Good());
        (await _registry.DeleteAsync($"subjects/{transfer}")).Good();
        Assert.Equal("[]", (await _registry.GetAsync($"subjects/{address}/versions/1/referencedby")).Good());
        Assert.Equal($"[{id}]", (await _registry.GetAsync($"subjects/{address}/versions/1/referencedby?deleted=true")).Good());
    }

    [Fact]
    public async Task ReferencedVersion_ShouldNotBeDeleted()
    {
        (string address, string transfer) = await RegisterBothAsync();
        Assert.Contains(address, (await _registry.DeleteAsync($"subjects/{address}/versions/1")).Refused(42206).Message);
        (await _registry.DeleteAsync($"subjects/{address}")).Refused(42206);

        // A referrer that is deleted softly may come back: what it refers to may be hidden, but must not be gone.
        (await _registry.DeleteAsync($"subjects/{transfer}")).Good();
        (await _registry.DeleteAsync($"subjects/{address}")).Good();
        (await _registry.DeleteAsync($"subjects/{address}?permanent=true")).Refused(42206);
        (await _registry.DeleteAsync($"subjects/{transfer}?permanent=true")).Good();
        (await _registry.DeleteAsync($"subjects/{address}?permanent=true")).Good();
    }

    [Fact]
    public async Task Reference_ShouldBeRefused_WhenItLeadsNowhere()
    {
        string subject = fixture.NewSubject();
        (await _registry.PostAsync($"subjects/{subject}/versions", Body(Transfer, References("chain.Address", subject + "-absent", 1)))).Refused(42201);
        (await _registry.PostAsync($"subjects/{subject}/versions", Body(Transfer))).Refused(42201);
    }

    [Theory]
    [InlineData("""{"schema":"\"int\"","references":[{"name":"a"}]}""", 42201)]
    [InlineData("""{"schema":"\"int\"","references":["a"]}""", 400)]
    [InlineData("""{"schema":"\"int\"","references":{}}""", 400)]
    [InlineData("""{"schema":"\"int\"","references":[{"name":"a","subject":"b","version":"c"}]}""", 400)]
    public async Task Reference_ShouldBeRefused_WhenItIsIncomplete(string body, int code) =>
        (await _registry.PostAsync($"subjects/{fixture.NewSubject()}/versions", body)).Refused(code);

    [Fact]
    public async Task Schema_ShouldBeTheSame_WhenItComesWithItsReferencesWrittenOut()
    {
        (_, string transfer) = await RegisterBothAsync();
        int id = (int)(await _registry.GetAsync($"subjects/{transfer}/versions/1")).Json["id"]!;
        Assert.Equal(id, (int)(await _registry.PostAsync($"subjects/{transfer}", Body(Resolved))).Json["id"]!);
        Assert.Equal(id, await _registry.RegisterAsync(transfer, Resolved));
    }

    [Fact]
    public async Task References_ShouldReachThroughOthers()
    {
        (string address, string transfer) = await RegisterBothAsync();
        string block = """{"type":"record","name":"Block","namespace":"chain","fields":[{"name":"transfers","type":{"type":"array","items":"Transfer"}},{"name":"miner","type":"Address"}]}""";
        await _registry.RegisterAsync(transfer + "-block", block, References("chain.Transfer", transfer, 1));
        (await _registry.DeleteAsync($"subjects/{transfer}")).Refused(42206);
        (await _registry.DeleteAsync($"subjects/{address}")).Refused(42206);
    }

    [Fact]
    public async Task Compatibility_ShouldLookThroughReferences()
    {
        (string address, string transfer) = await RegisterBothAsync();
        (await _registry.PutAsync($"config/{address}", """{"compatibility":"NONE"}""")).Good();
        await _registry.RegisterAsync(address, Address.Replace("\"string\"", "\"int\""));
        (await _registry.PostAsync($"subjects/{transfer}/versions", Body(Transfer, References("chain.Address", address, 2)))).Refused(409);
    }

    private async Task<(string Address, string Transfer)> RegisterBothAsync(int version = 1)
    {
        string address = fixture.NewSubject();
        string transfer = fixture.NewSubject();
        await _registry.RegisterAsync(address, Address);
        await _registry.RegisterAsync(transfer, Transfer, References("chain.Address", address, version));
        return (address, transfer);
    }
}
