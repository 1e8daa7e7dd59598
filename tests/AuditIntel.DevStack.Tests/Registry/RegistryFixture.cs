using AuditIntel.DevStack.Tests.Broker;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>A broker and a registry for tests that each keep to subjects of their own, and leave nothing set for all.</summary>
public sealed class RegistryFixture : IAsyncLifetime
{
    private int _subjects;
    private int _schemas;
    private TestBroker _broker = null!;

    internal TestRegistry Registry { get; private set; } = null!;

    internal string Servers => _broker.Servers;

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync();
        Registry = await TestRegistry.StartAsync(_broker.Servers);
    }

    public async Task DisposeAsync()
    {
        await Registry.DisposeAsync();
        await _broker.DisposeAsync();
    }

    /// <summary>A name that no other test has.</summary>
    internal string NewSubject() => $"subject-{Interlocked.Increment(ref _subjects)}-value";

    /// <summary>A record that no other test has, with the fields as they stand in its JSON.</summary>
    internal string NewSchema(string fields = "") => Record($"R{Interlocked.Increment(ref _schemas)}", fields);

    internal static string Record(string name, string fields = "") => $$"""{"type":"record","name":"{{name}}","fields":[{{fields}}]}""";
}
