using AuditIntel.Streaming.Testing;

namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>Every case in the driver, with every update forwarded at once and with caches.</summary>
public sealed class DriverConformanceTests
{
    public static TheoryData<string> Names => [.. ConformanceSuite.Cases.Select(each => each.Name)];

    [Fact]
    public void Suite_ShouldHaveAHundredAndTwentyCasesAtLeast_WithNamesOfTheirOwn()
    {
        Assert.True(ConformanceSuite.Cases.Count >= 120, $"There are {ConformanceSuite.Cases.Count} cases only.");
        Assert.Equal(ConformanceSuite.Cases.Count, ConformanceSuite.Cases.Select(each => each.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_ShouldGiveWhatKafkaStreamsDocuments(string name) => Run(ConformanceSuite.Named(name), cacheMaxBytes: 0);

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_ShouldGiveTheSame_WithCaches(string name) => Run(ConformanceSuite.Named(name), cacheMaxBytes: 1024 * 1024);

    private static void Run(ConformanceCase shown, long cacheMaxBytes)
    {
        var builder = new StreamsBuilder();
        var topology = new CaseTopology(builder, "");
        shown.Build(topology);
        using var driver = new TopologyTestDriver(builder.Build(), cacheMaxBytes: cacheMaxBytes);
        foreach (CaseStep step in shown.Input.Select(CaseStep.Parse))
        {
            if (step.IsClock)
            {
                driver.AdvanceWallClockTime(TimeSpan.FromMilliseconds(step.Number));
            }
            else
            {
                driver.Pipe(step.Topic, step.Key, step.Value, step.Number);
            }
        }

        Assert.Equal(shown.Expected, driver.ReadRaw(CaseTopology.Output).Select(record => topology.Render(record.Key, record.Value, record.TimestampMs)));
    }
}
