using Xunit.Sdk;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>A test never passes for want of a client: what is missing is said.</summary>
public sealed class ClientProcessTests
{
    [Fact]
    public async Task Client_ShouldFailWithASentence_WhenItsProgramIsNotInstalled()
    {
        var failure = await Assert.ThrowsAnyAsync<XunitException>(() => ClientProcess.RunAsync("no-such-client", []));
        Assert.StartsWith("no-such-client could not be started (", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("; ./auditintel test installs what the tests need, or says how to.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ShouldFailWithASentence_WhenItsModuleIsNotInstalled()
    {
        var failure = await Assert.ThrowsAnyAsync<XunitException>(() => ClientProcess.RunAsync("/usr/bin/python3", ["-c", "import no_such_client"]));
        Assert.Contains("A client is not installed; ./auditintel test installs what the tests need.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("No module named 'no_such_client'", failure.Message, StringComparison.Ordinal);
    }
}
