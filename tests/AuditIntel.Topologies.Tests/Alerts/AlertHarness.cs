using System.Numerics;
using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Streaming.State;
using AuditIntel.Streaming.Testing;
using AuditIntel.Topologies.Alerts;

namespace AuditIntel.Topologies.Tests.Alerts;

/// <summary>The alert stage between its two topics.</summary>
internal sealed class AlertHarness : IDisposable
{
    public const string Sender = "0x1111111111111111111111111111111111111111";
    public const string Receiver = "0x2222222222222222222222222222222222222222";

    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    private static readonly PlainAvroSerde<ScoredTransaction> Scored = new();
    private static readonly PlainAvroSerde<Alert> Alerts = new();

    private readonly TopologyTestDriver _driver;
    private readonly TestInputTopic<string, ScoredTransaction> _in;
    private readonly TestOutputTopic<string, Alert> _out;

    public AlertHarness(string yaml)
        : this(AlertRuleSet.Read(ConfigurationFile.Parse(yaml, "alerts.yaml")))
    {
    }

    public AlertHarness(AlertRuleSet rules)
    {
        var builder = new StreamsBuilder();
        AlertStage.AddStores(builder, Alerts);
        builder.Stream(Topics.ScoredTransactions.Name, new Consumed<string, ScoredTransaction>(Serdes.Utf8, Scored))
            .Process(() => AlertStage.Processor(rules), "alert-rules", AlertStage.StoreNames)
            .To(Topics.Alerts.Name, new Produced<string, Alert>(Serdes.Utf8, Alerts) { Name = "alerts" });
        _driver = new TopologyTestDriver(builder.Build());
        _in = _driver.Input(Topics.ScoredTransactions.Name, Serdes.Utf8, Scored);
        _out = _driver.Output(Topics.Alerts.Name, Serdes.Utf8, Alerts);
    }

    public IKeyValueStore<string, string> Windows => _driver.Store<string, string>(AlertRuleProcessor.WindowStore);

    public IKeyValueStore<string, IReadOnlyList<RaisedAlert>> Raised => _driver.Store<string, IReadOnlyList<RaisedAlert>>(AlertRuleProcessor.RaisedStore);

    public static string Rule(string when, string more = "") =>
        $"rules:\n  - id: r\n    when: {when}\n    channels: [c]\n{more}channels:\n  c: {{ type: console }}\n";

    public static ScoredTransaction Transaction(int number, double minutes = 0, AnomalySeverity severity = AnomalySeverity.High, string from = Sender) => new()
    {
        Id = TransactionId.Of(1, Hash(number)),
        ChainId = 1,
        Hash = Hash(number),
        BlockNumber = 100 + number,
        BlockHash = "0xb" + number,
        TransactionIndex = 0,
        Timestamp = Start.AddMinutes(minutes),
        From = from,
        To = Receiver,
        Nonce = number,
        Value = BigInteger.Parse("12500000000000000000", System.Globalization.CultureInfo.InvariantCulture),
        GasLimit = 21000,
        InputLength = 0,
        Score = 0.9,
        Confidence = 0.8,
        Severity = severity,
        CollectedAt = Start.AddDays(30),
        ScoredAt = Start.AddDays(30).AddSeconds(number),
    };

    public static string Hash(int number) => "0x" + number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);

    public IReadOnlyList<Record<string, Alert>> Pipe(params ReadOnlySpan<ScoredTransaction> transactions)
    {
        foreach (ScoredTransaction transaction in transactions)
        {
            _in.Pipe(ChainKey.Of(transaction.ChainId, transaction.From), transaction, transaction.Timestamp.ToUnixTimeMilliseconds());
        }

        return _out.ReadAll();
    }

    /// <summary>A stage with other rules or the same, and this one's state as its changelogs tell it.</summary>
    public AlertHarness Restart(string yaml)
    {
        var next = new AlertHarness(yaml);
        Copy("test-alert-windows-changelog", Serdes.Utf8, next.Windows);
        Copy("test-alerts-raised-changelog", new RaisedAlertsSerde(Alerts), next.Raised);
        return next;
    }

    public void Dispose() => _driver.Dispose();

    private void Copy<TValue>(string changelog, ISerde<TValue> serde, IKeyValueStore<string, TValue> store)
    {
        foreach (TestRecord record in _driver.ReadRaw(changelog))
        {
            string key = Serdes.Utf8.Deserialize(changelog, record.Key!);
            if (record.Value is null)
            {
                store.Delete(key);
            }
            else
            {
                store.Put(key, serde.Deserialize(changelog, record.Value), record.TimestampMs);
            }
        }
    }
}
