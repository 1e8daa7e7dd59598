namespace AuditIntel.DevStack.Tests.Clients;

public sealed class KafkaPythonTests
{
    public static TheoryData<string> Scenarios => ClientScenarios.Of(ClientScenarios.KafkaPython);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task KafkaPython_ShouldFindWhatItExpects(string scenario) => ClientScenarios.Find(ClientScenarios.KafkaPython, scenario).RunAsync(
        (servers, step) => ClientProcess.PythonAsync($"kafka_python.{scenario}", servers, step));
}
