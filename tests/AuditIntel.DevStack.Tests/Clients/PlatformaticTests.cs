namespace AuditIntel.DevStack.Tests.Clients;

public sealed class PlatformaticTests
{
    public static TheoryData<string> Scenarios => ClientScenarios.Of(ClientScenarios.Platformatic);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task Platformatic_ShouldFindWhatItExpects(string scenario) => ClientScenarios.Find(ClientScenarios.Platformatic, scenario).RunAsync(
        (servers, step) => ClientProcess.NodeAsync($"platformatic/{scenario}.mjs", servers, step));
}
