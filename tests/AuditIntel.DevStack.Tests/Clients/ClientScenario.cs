using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Tests.Broker;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>
/// One scenario of one client on a broker of its own. It declares the APIs that it must make the client ask for, and fails when the broker has
/// not seen one of them from this client; the table in the room's README is the sum of the declarations, so that it claims nothing that no
/// test has seen. A client may ask for more, as newer versions of it do.
/// </summary>
/// <param name="Client">The client's name in the table. The client must carry it as its client id, by which the broker knows its requests.</param>
/// <param name="Name">What is tried.</param>
/// <param name="Apis">What the client must have asked for in the end.</param>
internal sealed record ClientScenario(string Client, string Name, params ApiKey[] Apis)
{
    public const string UserName = "ann";
    public const string Password = "correct horse";

    /// <summary>Lets the client do its part, and looks at what it asked the broker for.</summary>
    /// <param name="client">
    /// Drives the client; gets the broker's address and the step: "resume" has two, each with a client of its own, and that of "tls" is the file
    /// of the broker's certificate.
    /// </param>
    public async Task RunAsync(Func<string, string, Task> client)
    {
        using var folder = new TempFolder();
        using var certificate = Name == "tls" ? TlsTests.SelfSigned() : null;
        var file = Path.Combine(folder.Path, "broker.pem");
        await File.WriteAllTextAsync(file, certificate?.ExportCertificatePem());
        await using var broker = await TestBroker.StartAsync(
            users: Name is "sasl" or "tls" ? new() { [UserName] = Password } : null, certificate: certificate);
        foreach (var step in Name switch { "resume" => ["first", "second"], "tls" => [file], _ => new[] { "only" } })
        {
            await client(broker.Servers, step);
        }

        var asked = broker.Requested.Keys.Where(request => request.Client == Client).Select(request => request.Api).Distinct().Order().ToList();
        var missing = Apis.Except(asked).ToList();
        Assert.True(
            missing.Count == 0,
            $"{Client} was to ask for {string.Join(", ", missing)} but did not; it asked for {string.Join(", ", asked)}.");

        // A connection that the broker closed for a fault of the client, or of its own, is told here; some of these faults are what is tried.
        var expected = Name switch { "sasl" => "Authentication failed", "tls" => "TLS", _ => null };
        Assert.DoesNotContain(broker.Warnings, w => expected is null || !w.Contains(expected, StringComparison.Ordinal));
    }

    public override string ToString() => $"{Client}: {Name}";
}
