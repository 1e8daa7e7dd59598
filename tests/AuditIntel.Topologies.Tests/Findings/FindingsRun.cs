using System.Buffers;
using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;
using AuditIntel.Streaming.Testing;
using AuditIntel.Topologies.Findings;
using AuditIntel.Topologies.Findings.Duplicates;

namespace AuditIntel.Topologies.Tests.Findings;

/// <summary>The findings topology in the test driver, with everything it has written so far; it can be restarted with nothing but what its stores hold.</summary>
internal sealed class FindingsRun(FindingsSerdes serdes) : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private TopologyTestDriver _driver = New(serdes);
    private ModelArtifact? _model;

    public List<Finding> Findings { get; } = [];

    public List<FindingDuplicate> Duplicates { get; } = [];

    public List<FindingDuplicate> Similar { get; } = [];

    /// <value>Everything written, in order of the topics' records.</value>
    public List<object> All { get; } = [];

    /// <value>Entries of all contests' logs.</value>
    public long LogEntries => _driver.Store<string, LogEntry>(FindingsStores.Log).Count;

    /// <summary>A finding as a platform gives it.</summary>
    public static RawFinding Raw(string id, string title, string body, string contest = "c", string platform = "sherlock") => new()
    {
        Platform = platform,
        Contest = contest,
        NativeId = id,
        Title = title,
        Body = body,
        SeverityLabel = "High",
        SourcePath = $"{platform}/{contest}/{id}.md",
        CollectedAt = Now,
    };

    public void Publish(ModelArtifact model)
    {
        _model = model;
        _driver.Input(Topics.Models.Name, Serdes.Utf8, serdes.Model).Pipe(model.Id, model, Now.ToUnixTimeMilliseconds());
    }

    public void Pipe(params IEnumerable<RawFinding> findings)
    {
        TestInputTopic<string, RawFinding> raw = _driver.Input(Topics.RawFindings.Name, Serdes.Utf8, serdes.Raw);
        foreach (RawFinding finding in findings)
        {
            raw.Pipe(ContestKey.Of(finding.Platform, finding.Contest), finding, Now.ToUnixTimeMilliseconds());
            TakeAll();
        }
    }

    /// <summary>Feeds a finding that ends its contest.</summary>
    public void PipeLast(RawFinding finding)
    {
        _driver.Input(Topics.RawFindings.Name, Serdes.Utf8, serdes.Raw).Pipe(
            ContestKey.Of(finding.Platform, finding.Contest), finding, Now.ToUnixTimeMilliseconds(), [RecordHeader.Of(FindingHeaders.EndsContest, "")]);
        TakeAll();
    }

    /// <summary>Lets a minute pass without a finding.</summary>
    public void Pause()
    {
        for (int i = 0; i < 30; i++)
        {
            _driver.AdvanceWallClockTime(TimeSpan.FromSeconds(2));
        }

        TakeAll();
    }

    /// <summary>What holds of each finding in the end: the canonical id, by native id; its own for one that stands among the findings.</summary>
    public Dictionary<string, string> Held()
    {
        var held = new Dictionary<string, (DateTimeOffset At, string Canonical)>();
        foreach (object record in All)
        {
            (string native, DateTimeOffset at, string canonical) = record is Finding finding
                ? (finding.NativeId, finding.CollectedAt, finding.Id)
                : record is FindingDuplicate { Method: not "near-cross" } duplicate ? (duplicate.NativeId, duplicate.CollectedAt, duplicate.CanonicalId) : ("", default, "");
            if (native.Length > 0 && (!held.TryGetValue(native, out (DateTimeOffset At, string) before) || before.At <= at))
            {
                held[native] = (at, canonical);
            }
        }

        return held.ToDictionary(pair => pair.Key, pair => pair.Value.Canonical);
    }

    /// <summary>Ends the topology and starts it again with the bytes of its stores.</summary>
    public void Restart()
    {
        TopologyTestDriver next = New(serdes);
        Copy(next, FindingsStores.Canonical, Serdes.Utf8);
        Copy(next, FindingsStores.Held, Serdes.Utf8);
        Copy(next, FindingsStores.Known, DuplicateStateSerdes.Known(serdes.Duplicate));
        Copy(next, FindingsStores.Log, DuplicateStateSerdes.Log);
        Copy(next, FindingsStores.LogHeads, DuplicateStateSerdes.Heads);
        Copy(next, FindingsStores.SimilarBands, Serdes.Bytes);
        _driver.Dispose();
        _driver = next;
        if (_model is not null)
        {
            Publish(_model);
        }
    }

    public void Dispose() => _driver.Dispose();

    private static TopologyTestDriver New(FindingsSerdes serdes) => new(FindingsTopology.Build(serdes), new FindingsDeadLetters(serdes).Handle);

    private void Copy<T>(TopologyTestDriver next, string store, ISerde<T> serde)
    {
        IKeyValueStore<string, T> to = next.Store<string, T>(store);
        foreach ((string key, T value) in _driver.Store<string, T>(store).All())
        {
            var bytes = new ArrayBufferWriter<byte>();
            serde.Serialize(store, value, bytes);
            to.Put(key, serde.Deserialize(store, bytes.WrittenSpan), 0);
        }
    }

    private IEnumerable<T> Read<T>(string topic, ISerde<T> serde) => _driver.Output(topic, Serdes.Utf8, serde).ReadAll().Select(record => record.Value!);

    private void TakeAll()
    {
        Take(Findings, Read(Topics.Findings.Name, serdes.Finding));
        Take(Duplicates, Read(Topics.FindingDuplicates.Name, serdes.Duplicate));
        Take(Similar, Read(Topics.SimilarFindings.Name, serdes.Similar));
    }

    private void Take<T>(List<T> into, IEnumerable<T> records)
        where T : class
    {
        T[] read = [.. records];
        into.AddRange(read);
        All.AddRange(read);
    }
}
