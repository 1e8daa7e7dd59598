using AuditIntel.Streaming.State;
using AuditIntel.Streaming.Testing;

namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>
/// Every case again with a restart after each step: all stores are rebuilt from their changelogs, and nothing else survives. What operators keep outside
/// of stores would show here.
/// </summary>
public sealed class RestartConformanceTests
{
    /// <summary>Punctuators begin anew with their processors.</summary>
    public static TheoryData<string> Names =>
    [
        .. ConformanceSuite.Cases
            .Select(each => each.Name)
            .Where(name => !name.Contains("punctuator", StringComparison.Ordinal) && name != "stream time does not go back"),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_ShouldGiveTheSame_WhenEveryStepIsFollowedByARestart(string name)
    {
        ConformanceCase shown = ConformanceSuite.Named(name);
        var output = new List<string>();
        var changelogs = new Dictionary<string, List<TestRecord>>();
        foreach (CaseStep step in shown.Input.Select(CaseStep.Parse))
        {
            var builder = new StreamsBuilder();
            var cases = new CaseTopology(builder, "");
            shown.Build(cases);
            Topology topology = builder.Build();
            using var driver = new TopologyTestDriver(topology, applicationId: "app");
            Restore(driver, topology, changelogs);
            driver.Pipe(step.Topic, step.Key, step.Value, step.Number);
            output.AddRange(driver.ReadRaw(CaseTopology.Output).Select(record => cases.Render(record.Key, record.Value, record.TimestampMs)));
            Keep(changelogs, step.Topic, [new TestRecord(step.Topic, 0, step.Key, step.Value, step.Number, [])]);
            foreach (StoreDefinition store in topology.Parts.SelectMany(part => part.Stores).Where(store => store.HasChangelog))
            {
                string topic = $"app-{store.Name}-changelog";
                Keep(changelogs, topic, driver.ReadRaw(topic));
            }
        }

        Assert.Equal(shown.Expected, output);
    }

    private static void Restore(TopologyTestDriver driver, Topology topology, Dictionary<string, List<TestRecord>> changelogs)
    {
        foreach (StoreDefinition store in topology.Parts.SelectMany(part => part.Stores))
        {
            driver.Restore(store.Name, changelogs.GetValueOrDefault(store.SourceTopic ?? $"app-{store.Name}-changelog") ?? []);
        }

        foreach (Graph.GlobalStore store in topology.GlobalStores)
        {
            driver.Restore(store.StoreName, changelogs.GetValueOrDefault(store.Topic) ?? []);
        }
    }

    private static void Keep(Dictionary<string, List<TestRecord>> changelogs, string topic, IEnumerable<TestRecord> records)
    {
        if (!changelogs.TryGetValue(topic, out List<TestRecord>? kept))
        {
            kept = [];
            changelogs.Add(topic, kept);
        }

        kept.AddRange(records);
    }
}
