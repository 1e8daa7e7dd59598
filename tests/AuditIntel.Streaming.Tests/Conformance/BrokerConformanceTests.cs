namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Every case that does not depend on the driver, on a broker: the same output as in the driver.</summary>
public sealed class BrokerConformanceTests(BrokerConformanceRun run) : IClassFixture<BrokerConformanceRun>
{
    public static TheoryData<string> Names => [.. BrokerConformanceRun.Cases.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_ShouldGiveTheSame_OnTheBroker(string name) => Assert.Equal(ConformanceSuite.Named(name).Expected, run.Output(name));
}
