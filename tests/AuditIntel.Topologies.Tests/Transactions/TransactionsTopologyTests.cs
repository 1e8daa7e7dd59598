using System.Globalization;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Tests.Transactions;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Evaluation;
using AuditIntel.Intelligence.Transactions.Features;
using AuditIntel.Intelligence.Transactions.State;
using AuditIntel.Streaming;
using AuditIntel.Streaming.Testing;
using AuditIntel.Topologies.Alerts;
using AuditIntel.Topologies.Transactions;
using AuditIntel.Topologies.Transactions.State;
using AnomalySeverity = AuditIntel.Contracts.AnomalySeverity;
using ChainTransaction = AuditIntel.Contracts.ChainTransaction;
using PlainTransaction = AuditIntel.Intelligence.Transactions.ChainTransaction;

namespace AuditIntel.Topologies.Tests.Transactions;

public sealed class TransactionsTopologyTests : IClassFixture<RegistryFixture>, IClassFixture<TrainedModel>, IDisposable
{
    private const string FirstBlock = "0x1111111111111111111111111111111111111111111111111111111111111111";
    private const string OtherBlock = "0x2222222222222222222222222222222222222222222222222222222222222222";

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly SeverityThresholds Everything = new() { Low = 0, Medium = 0.8, High = 0.95, Critical = 0.99 };

    private readonly TransactionsSerdes _serdes;
    private readonly TransactionModel _model;
    private readonly List<string> _warnings = [];
    private readonly List<TopologyTestDriver> _drivers = [];

    public TransactionsTopologyTests(RegistryFixture registry, TrainedModel trained)
    {
        _serdes = registry.Transactions;
        _model = trained.Model;
    }

    public void Dispose() => _drivers.ForEach(driver => driver.Dispose());

    [Fact]
    public void Stream_ShouldBeScoredAsTheModelScoresItInOneProcess()
    {
        TopologyTestDriver driver = Start();
        PublishModel(driver);
        IReadOnlyList<LabelledTransaction> stream = StreamedTransactions.Labelled(60, 2);
        var extractor = new FeatureExtractor(new InMemoryTransactionState());
        float[] vector = new float[FeatureSchema.Count];
        foreach (LabelledTransaction each in stream)
        {
            ChainTransaction record = RecordOf(each.Transaction);
            Pipe(driver, record);
            extractor.Extract(TransactionReader.Read(record), vector);
            TransactionScore expected = _model.Score(vector);
            TransactionVerdict verdict = _model.Explain(vector, expected, new SeverityThresholds());

            ScoredTransaction scored = Assert.Single(Scored(driver)).Value!;
            Assert.Equal(expected.Probability, scored.Score, 12);
            Assert.Equal(verdict.Confidence, scored.Confidence, 12);
            Assert.Equal((AnomalySeverity)verdict.Severity, scored.Severity);
            Assert.Equal(3, scored.Parts.Count);
            Assert.Equal(TransactionId.Of(1, each.Transaction.Hash), scored.Id);
            IReadOnlyList<Record<string, Anomaly>> anomalies = Anomalies(driver);
            Assert.Equal(scored.Severity == AnomalySeverity.None ? 0 : 1, anomalies.Count);
            if (anomalies.Count > 0)
            {
                Assert.Equal(verdict.Reasons.Select(reason => reason.Feature.Name), anomalies[0].Value!.Reasons.Select(reason => reason.Feature));
                Assert.Equal($"1/{scored.From}", anomalies[0].Key);
            }
            else
            {
                Assert.Empty(scored.Reasons);
            }
        }
    }

    [Fact]
    public void Transaction_ShouldGoOutUnscored_WhileThereIsNoModel()
    {
        TopologyTestDriver driver = Start();

        Pipe(driver, Transaction(1));

        ScoredTransaction scored = Assert.Single(Scored(driver)).Value!;
        Assert.Null(scored.ModelId);
        Assert.Equal(0, scored.Score);
        Assert.Equal(AnomalySeverity.None, scored.Severity);
    }

    [Fact]
    public void Model_ShouldServeFromTheNextTransactionOn_WhenItIsPublished()
    {
        TopologyTestDriver driver = Start();
        Pipe(driver, Transaction(1));
        PublishModel(driver);
        Pipe(driver, Transaction(2));
        PublishModel(driver, version: "second");
        Pipe(driver, Transaction(3));

        Assert.Equal([null, "first", "second"], Scored(driver).Select(record => record.Value!.ModelVersion));
    }

    [Fact]
    public void DamagedModel_ShouldLeaveTheOneBeforeItInPlace()
    {
        TopologyTestDriver driver = Start();
        PublishModel(driver);
        ModelArtifact damaged = TransactionModelRecord.Of(_model, "test", Now) with { Version = "damaged" };
        damaged.Artifact[100] ^= 1;
        driver.Input(Topics.Models.Name, Serdes.Utf8, _serdes.Model).Pipe(damaged.Id, damaged);

        Pipe(driver, Transaction(1));

        Assert.Equal("first", Assert.Single(Scored(driver)).Value!.ModelVersion);
        Assert.Contains("SHA-256", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ModelOfAnotherRole_ShouldNotTouchTransactions()
    {
        TopologyTestDriver driver = Start();
        driver.Input(Topics.Models.Name, Serdes.Utf8, _serdes.Model).Pipe("findings", TransactionModelRecord.Of(_model, "test", Now) with { Id = "findings", Artifact = [1, 2] });

        Pipe(driver, Transaction(1));

        Assert.Null(Assert.Single(Scored(driver)).Value!.ModelId);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void SameTransactionFromTheSameBlock_ShouldBeScoredOnce()
    {
        TopologyTestDriver driver = Start();
        Pipe(driver, Transaction(1));
        Pipe(driver, Transaction(1));
        Pipe(driver, Transaction(1) with { BlockHash = null });

        Assert.Single(Scored(driver));
    }

    [Fact]
    public void Retraction_ShouldTakeBackTransactionAndAnomaly()
    {
        TopologyTestDriver driver = Start(Everything);
        PublishModel(driver);
        Pipe(driver, Transaction(1));
        ScoredTransaction before = Assert.Single(Scored(driver)).Value!;
        Assert.Single(Anomalies(driver));

        Pipe(driver, Transaction(1) with { Removed = true });

        ScoredTransaction after = Assert.Single(Scored(driver)).Value!;
        Assert.True(after.Removed);
        Assert.Equal((before.Id, before.Score, before.Severity, before.BlockHash), (after.Id, after.Score, after.Severity, after.BlockHash));
        Anomaly anomaly = Assert.Single(Anomalies(driver)).Value!;
        Assert.True(anomaly.Removed);
        Assert.Equal(AnomalyId.Of("transaction", 1, before.Hash), anomaly.Id);
    }

    [Fact]
    public void Retraction_ShouldChangeNothing_WhenItIsOfAnotherBlockOrUnknownOrComesTwice()
    {
        TopologyTestDriver driver = Start(Everything);
        Pipe(driver, Transaction(1) with { Removed = true });
        Pipe(driver, Transaction(1));
        Pipe(driver, Transaction(1) with { Removed = true, BlockHash = OtherBlock });
        Assert.Equal([false], Scored(driver).Select(record => record.Value!.Removed));

        Pipe(driver, Transaction(1) with { Removed = true });
        Pipe(driver, Transaction(1) with { Removed = true });
        Assert.Equal([true], Scored(driver).Select(record => record.Value!.Removed));
    }

    [Fact]
    public void Transaction_ShouldBeScoredAnew_WhenAnotherBlockBringsItAfterTheRetraction()
    {
        TopologyTestDriver driver = Start(Everything);
        Pipe(driver, Transaction(1));
        Pipe(driver, Transaction(1) with { Removed = true });
        Pipe(driver, Transaction(1) with { BlockHash = OtherBlock, BlockNumber = 7 });

        Assert.Equal(
            [(false, FirstBlock), (true, FirstBlock), (false, OtherBlock)],
            Scored(driver).Select(record => (record.Value!.Removed, record.Value.BlockHash!)));
    }

    [Fact]
    public void Anomaly_ShouldBeTakenBackFirst_WhenAnotherBlockBringsItsTransactionWithoutRetraction()
    {
        TopologyTestDriver driver = Start(Everything);
        PublishModel(driver);
        Pipe(driver, Transaction(1));
        Pipe(driver, Transaction(1) with { BlockHash = OtherBlock });

        Assert.Equal(
            [(false, FirstBlock), (true, FirstBlock), (false, OtherBlock)],
            Anomalies(driver).Select(record => (record.Value!.Removed, record.Value.BlockHash!)));
    }

    [Fact]
    public void Labels_ShouldStandBesideTheTransaction_AndNameTheAccountOfTheAnomaly()
    {
        TopologyTestDriver driver = Start(Everything);
        PublishModel(driver);
        ChainTransaction transaction = Transaction(1);
        string receiver = transaction.To!;
        driver.Input(Topics.AddressLabels.Name, Serdes.Utf8, _serdes.Label).Pipe(ChainKey.Of(1, receiver), new AddressLabel
        {
            ChainId = 1,
            Address = receiver,
            Entries =
            [
                new AddressLabelEntry { Category = "phishing", Source = "a" },
                new AddressLabelEntry { Category = "phishing", Source = "b" },
                new AddressLabelEntry { Category = "heist", Source = "b" },
            ],
            CollectedAt = Now,
        });

        Pipe(driver, transaction);

        Assert.Equal(["to:phishing", "to:heist"], Assert.Single(Scored(driver)).Value!.Labels);
        Record<string, Anomaly> anomaly = Assert.Single(Anomalies(driver));
        Assert.Equal(receiver, anomaly.Value!.Address);
        Assert.Equal($"1/{receiver}", anomaly.Key);
    }

    public static TheoryData<string, string> BadFields => new()
    {
        { "chainId", "invalid-chain-id" },
        { "hash", "invalid-hash" },
        { "upperCaseHash", "invalid-hash" },
        { "blockHash", "invalid-block-hash" },
        { "from", "invalid-from" },
        { "to", "invalid-to" },
        { "value", "invalid-value" },
        { "negativeValue", "invalid-value" },
        { "nonce", "invalid-nonce" },
        { "inputLength", "invalid-input-length" },
    };

    [Theory]
    [MemberData(nameof(BadFields))]
    public void BadTransaction_ShouldBeSetAside_AndLeaveNoTraceInTheState(string field, string errorClass)
    {
        TopologyTestDriver driver = Start();
        ChainTransaction good = Transaction(1);
        ChainTransaction bad = field switch
        {
            "chainId" => good with { ChainId = 0 },
            "hash" => good with { Hash = "0x12" },
            "upperCaseHash" => good with { Hash = "0x" + new string('A', 64) },
            "blockHash" => good with { BlockHash = "unknown" },
            "from" => good with { From = "0xnobody" },
            "to" => good with { To = good.To + "00" },
            "value" => good with { Value = System.Numerics.BigInteger.Pow(2, 256) },
            "negativeValue" => good with { Value = -1 },
            "nonce" => good with { Nonce = -1 },
            _ => good with { InputHead = new byte[36], InputLength = 4 },
        };

        Pipe(driver, bad);

        Assert.Empty(Scored(driver));
        DeadLetter letter = Assert.Single(driver.Output(Topics.ChainDeadLetters.Name, Serdes.Utf8, _serdes.DeadLetter).ReadAll()).Value!;
        Assert.Equal(("validate", errorClass, $"chain/{bad.ChainId}"), (letter.Stage, letter.ErrorClass, letter.Platform));
        Assert.Equal(0, driver.Store<TransactionKey, SeenTransaction>("transactions-seen").Count);
        Assert.Equal(0, driver.Store<AccountKey, AccountState>("transactions-accounts").Count);
    }

    [Fact]
    public void BytesThatAreNoAvro_ShouldBeSetAside()
    {
        TopologyTestDriver driver = Start();

        driver.Pipe(Topics.ChainTransactions.Name, "1/0x00"u8.ToArray(), [1, 2, 3], 0);

        Assert.Equal("deserialize", Assert.Single(driver.Output(Topics.ChainDeadLetters.Name, Serdes.Utf8, _serdes.DeadLetter).ReadAll()).Value!.Stage);
    }

    [Fact]
    public void State_ShouldStayWithinItsLimits_AndForgetTheOldestFirst()
    {
        TopologyTestDriver driver = Start(options: new TransactionsOptions { RememberedAccounts = 1000, RememberedPairs = 1000, RememberedTransactions = 1000 });
        for (int i = 0; i < 2500; i++)
        {
            Pipe(driver, RecordOf(StreamedTransactions.Transfer(i, i + 100_000, i, 1)));
        }

        var seen = driver.Store<TransactionKey, SeenTransaction>("transactions-seen");
        Assert.InRange(seen.Count, 900, 1000);
        Assert.InRange(driver.Store<AccountKey, AccountState>("transactions-accounts").Count, 900, 1000);
        Assert.InRange(driver.Store<PairKey, Intelligence.Transactions.State.PairState>("transactions-pairs").Count, 900, 1000);
        Assert.True(seen.TryGet(TransactionReader.KeyOf(RecordOf(StreamedTransactions.Transfer(2499, 102_499, 2499, 1))), out _));
        Assert.False(seen.TryGet(TransactionReader.KeyOf(RecordOf(StreamedTransactions.Transfer(0, 100_000, 0, 1))), out _));
    }

    [Fact]
    public void Options_ShouldBeRefusedWithEveryFault()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => TransactionsTopology.Build(
            _serdes, new TransactionsOptions { Reasons = 0, RememberedPairs = 1, Thresholds = new SeverityThresholds { Low = 2 } }, AlertRuleSet.Default));

        Assert.Contains("Reasons is 0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("RememberedPairs is 1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("thresholds", refusal.Message, StringComparison.Ordinal);
    }

    internal static ChainTransaction RecordOf(PlainTransaction plain) => new()
    {
        ChainId = plain.ChainId,
        Hash = plain.Hash,
        BlockNumber = plain.BlockNumber,
        BlockHash = FirstBlock,
        TransactionIndex = plain.Index,
        Timestamp = DateTimeOffset.FromUnixTimeSeconds(plain.Timestamp),
        From = plain.From.ToString(),
        To = plain.To.IsNone ? null : plain.To.ToString(),
        Nonce = plain.Nonce,
        Value = Wei(plain.ValueEther, 18),
        GasLimit = plain.Gas,
        GasPrice = Wei(plain.GasPriceGwei, 9),
        GasUsed = plain.GasUsed,
        Status = plain.IsError ? TransactionStatus.Failed : TransactionStatus.Succeeded,
        InputLength = plain.InputLength,
        InputHead = [],
        CollectedAt = Now,
    };

    private static Avro.AvroDecimal Wei(double amount, int decimals)
    {
        string text = amount.ToString("F" + decimals, CultureInfo.InvariantCulture);
        return System.Numerics.BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    private static ChainTransaction Transaction(int number) => RecordOf(StreamedTransactions.Transfer(number, number + 10, number * 1000, 1.5));

    private static IReadOnlyList<Record<string, T>> All<T>(TopologyTestDriver driver, string topic, ISerde<T> serde) => driver.Output(topic, Serdes.Utf8, serde).ReadAll();

    private TopologyTestDriver Start(SeverityThresholds? thresholds = null, TransactionsOptions? options = null)
    {
        options ??= new TransactionsOptions();
        var driver = new TopologyTestDriver(
            TransactionsTopology.Build(_serdes, options with { Thresholds = thresholds ?? options.Thresholds }, AlertRuleSet.Default), new TransactionsDeadLetters(_serdes, _warnings.Add).Handle);
        _drivers.Add(driver);
        return driver;
    }

    private void PublishModel(TopologyTestDriver driver, string version = "first") => driver
        .Input(Topics.Models.Name, Serdes.Utf8, _serdes.Model)
        .Pipe(TransactionModelRecord.ModelId, TransactionModelRecord.Of(_model, "test", Now) with { Version = version });

    private void Pipe(TopologyTestDriver driver, ChainTransaction transaction) => driver
        .Input(Topics.ChainTransactions.Name, Serdes.Utf8, _serdes.Transaction)
        .Pipe(ChainKey.Of(transaction.ChainId, transaction.From), transaction, transaction.Timestamp.ToUnixTimeMilliseconds());

    private IReadOnlyList<Record<string, ScoredTransaction>> Scored(TopologyTestDriver driver) => All(driver, Topics.ScoredTransactions.Name, _serdes.Scored);

    private IReadOnlyList<Record<string, Anomaly>> Anomalies(TopologyTestDriver driver) => All(driver, Topics.Anomalies.Name, _serdes.Anomaly);
}
