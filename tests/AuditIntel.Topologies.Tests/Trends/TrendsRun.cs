using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;
using AuditIntel.Streaming.Testing;
using AuditIntel.Topologies.Trends;

namespace AuditIntel.Topologies.Tests.Trends;

/// <summary>The trends topology in the test driver, with the tables that a consumer makes of its topics.</summary>
internal sealed class TrendsRun(TrendsSerdes serdes) : IDisposable
{
    private TopologyTestDriver _driver = New(serdes);

    public Dictionary<string, FindingTrend> Trends { get; } = [];

    public Dictionary<string, EmergingThreat> Threats { get; } = [];

    public long Written { get; private set; }

    public void Pipe(object record)
    {
        if (record is Finding finding)
        {
            _driver.Input(Topics.Findings.Name, Serdes.Utf8, serdes.Finding).Pipe(ContestKey.Of(finding.Platform, finding.Contest), finding, 0);
        }
        else
        {
            var duplicate = (FindingDuplicate)record;
            _driver.Input(Topics.FindingDuplicates.Name, Serdes.Utf8, serdes.Duplicate).Pipe(ContestKey.Of(duplicate.Platform, duplicate.Contest), duplicate, 0);
        }
    }

    /// <summary>Lets some seconds pass, so that what has changed is told.</summary>
    public void Wait(int seconds = 9)
    {
        for (int i = 0; i < seconds; i++)
        {
            _driver.AdvanceWallClockTime(TimeSpan.FromSeconds(1));
        }

        Apply(Topics.Trends.Name, serdes.Trend, Trends);
        Apply(Topics.EmergingThreats.Name, serdes.Threat, Threats);
    }

    /// <summary>Ends the topology and starts it again with its stores.</summary>
    public void Restart()
    {
        TopologyTestDriver next = New(serdes);
        Copy<CountedFinding>(next, TrendsStores.Counted);
        Copy<long>(next, TrendsStores.Told);
        Copy<long>(next, TrendsStores.Pending);
        _driver.Dispose();
        _driver = next;
    }

    public void Dispose() => _driver.Dispose();

    private static TopologyTestDriver New(TrendsSerdes serdes) => new(TrendsTopology.Build(serdes), new TrendsDeadLetters(serdes).Handle);

    private void Copy<T>(TopologyTestDriver next, string store)
    {
        IKeyValueStore<string, T> to = next.Store<string, T>(store);
        foreach ((string key, T value) in _driver.Store<string, T>(store).All())
        {
            to.Put(key, value, 0);
        }
    }

    private void Apply<T>(string topic, ISerde<T> serde, Dictionary<string, T> table)
        where T : class
    {
        foreach (Record<string, T> record in _driver.Output(topic, Serdes.Utf8, serde).ReadAll())
        {
            Written++;
            if (record.Value is null)
            {
                table.Remove(record.Key!);
            }
            else
            {
                table[record.Key!] = record.Value;
            }
        }
    }
}
