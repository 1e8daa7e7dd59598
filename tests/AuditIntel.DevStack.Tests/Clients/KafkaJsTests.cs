namespace AuditIntel.DevStack.Tests.Clients;

public sealed class KafkaJsTests
{
    public static TheoryData<string> Scenarios => ClientScenarios.Of(ClientScenarios.KafkaJs);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task KafkaJs_ShouldFindWhatItExpects(string scenario) => ClientScenarios.Find(ClientScenarios.KafkaJs, scenario).RunAsync(
        (servers, step) => ClientProcess.NodeAsync($"kafkajs/{scenario}.mjs", servers, step));
}
