namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>Classes whose tests can share a registry.</summary>
[CollectionDefinition(Name)]
public sealed class SharedRegistry : ICollectionFixture<RegistryFixture>
{
    public const string Name = "Shared registry";
}
