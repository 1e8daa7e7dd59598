using AuditIntel.DevStack.Tests.Clients;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>Clients that others wrote, unchanged.</summary>
[Collection(SharedRegistry.Name)]
public sealed class RegistryClientTests(RegistryFixture fixture)
{
    [Fact]
    public async Task ConfluentSchemaRegistryForKafkaJs_ShouldRegisterEncodeDecodeAndBeRefused() =>
        Assert.Equal("all good\n", await ClientProcess.NodeAsync("registry.mjs", fixture.Registry.Url.ToString()));

    [Fact]
    public async Task ConfluentKafkaPython_ShouldRegisterLookUpConfigureAndDelete() =>
        Assert.Equal("all good\n", await ClientProcess.PythonAsync("registry", fixture.Registry.Url.ToString()));
}
