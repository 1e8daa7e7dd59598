namespace AuditIntel.DevStack.Tests.Clients;

public sealed class ConfluentKafkaPythonTests
{
    public static TheoryData<string> Scenarios => ClientScenarios.Of(ClientScenarios.ConfluentKafkaPython);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task ConfluentKafkaPython_ShouldFindWhatItExpects(string scenario) =>
        ClientScenarios.Find(ClientScenarios.ConfluentKafkaPython, scenario).RunAsync(
            (servers, step) => ClientProcess.PythonAsync($"confluent_kafka_python.{scenario}", servers, step));
}
