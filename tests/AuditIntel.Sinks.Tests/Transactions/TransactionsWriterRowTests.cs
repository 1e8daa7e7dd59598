using System.Globalization;
using System.Numerics;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using AuditIntel.Sinks.Tests.Stack;

namespace AuditIntel.Sinks.Tests.Transactions;

/// <summary>What a record says is what its row says, field for field.</summary>
[Collection(PostgresCollection.Name)]
public sealed class TransactionsWriterRowTests(PostgresFixture server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Transaction_ShouldBeStoredFieldForField(bool throughStaging)
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();
        if (throughStaging)
        {
            // The row is there with another score: the direct COPY meets it.
            await harness.WriteAsync(ChainSample.Transaction("a", scored: -1, score: 0.5));
        }

        await harness.WriteAsync(ChainSample.Transaction("a"));

        var row = await database.RowAsync("SELECT *, value::text AS value_text, severity::text AS severity_text, status::text AS status_text FROM transactions_hex");
        var expected = ChainSample.Transaction("a");
        Assert.Equal(expected.Id, row["id"]);
        Assert.Equal((expected.ChainId, expected.Hash, expected.BlockNumber), (row["chain_id"], row["hash"], row["block_number"]));
        Assert.Equal((expected.BlockHash, expected.TransactionIndex), (row["block_hash"], row["transaction_index"]));
        Assert.Equal((expected.From, expected.To, null), (row["sender"], row["receiver"], row["created_contract"]));
        Assert.Equal((expected.Nonce, "1234567890123456789012", expected.GasLimit), (row["nonce"], row["value_text"], row["gas_limit"]));
        Assert.Equal((20_000_000_000m, expected.GasUsed, "succeeded", (short)2), (row["gas_price"], row["gas_used"], row["status_text"], row["type"]));
        Assert.Equal((68, "0xa9059cbb", expected.FunctionName, 3), (row["input_length"], row["selector"], row["function_name"], row["log_count"]));
        Assert.Equal((0.25, 0.5, "medium"), (row["score"], row["confidence"], row["severity_text"]));
        Assert.Equal(["from:phishing"], Assert.IsType<string[]>(row["labels"]));
        Assert.Equal(("transactions.ensemble", "v1", false), (row["model_id"], row["model_version"], row["removed"]));
        Assert.Equal(
            (expected.Timestamp.UtcDateTime, expected.CollectedAt.UtcDateTime, expected.ScoredAt.UtcDateTime),
            (row["occurred_at"], row["collected_at"], row["scored_at"]));
    }

    [Fact]
    public async Task Transaction_ShouldBeStored_WhenAllThatMayBeMissingIs()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();
        var bare = ChainSample.Transaction("a") with
        {
            BlockHash = null,
            To = null,
            GasPrice = null,
            GasUsed = null,
            Type = null,
            Selector = null,
            FunctionName = null,
            LogCount = null,
            Parts = [],
            Labels = [],
            ModelId = null,
            ModelVersion = null,
            CreatedContract = ChainSample.Address("new"),
            Value = 0,
        };

        await harness.WriteAsync(bare);

        var row = await database.RowAsync("SELECT *, value::text AS value_text FROM transactions_hex");
        Assert.All(
            ["block_hash", "receiver", "gas_price", "gas_used", "type", "selector", "function_name", "log_count", "model_id", "model_version"],
            column => Assert.Null(row[column]));
        Assert.Equal(("0", ChainSample.Address("new")), (row["value_text"], row["created_contract"]));
        Assert.Empty(Assert.IsType<string[]>(row["labels"]));
        Assert.Equal(1, await database.CountAsync("predictions WHERE detector IS NULL AND transaction_score = 0.25"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("9999")]
    [InlineData("10000")]
    [InlineData("100000000")]
    [InlineData("18446744073709551615")]
    [InlineData("18446744073709551616")]
    [InlineData("1000000000000000000000000")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    [InlineData("999999999999999999999999999999999999999999999999999999999999999999999999999999")]
    public async Task Amount_ShouldBeExact(string wei)
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();
        var amount = BigInteger.Parse(wei, CultureInfo.InvariantCulture);

        await harness.WriteAsync(ChainSample.Transaction("a") with { Value = amount, GasPrice = amount }, ChainSample.Anomaly("a") with { Value = amount });

        Assert.Equal(
            [wei, wei, wei],
            await database.ColumnAsync<string>("SELECT value::text FROM transactions UNION ALL SELECT gas_price::text FROM transactions UNION ALL SELECT value::text FROM anomalies"));
    }

    [Fact]
    public async Task Predictions_ShouldShowEveryDetector()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(ChainSample.Transaction("a"), ChainSample.Transaction("b", modelVersion: "v2"), ChainSample.Transaction("c", modelVersion: "v2"));

        Assert.Equal(6, await database.CountAsync("predictions"));
        Assert.Equal(2, await database.CountAsync("scorers"));
        Assert.Equal(
            [$"{TransactionId.Of(1, ChainSample.Hash("b"))} v2 baseline 3.5 - 0.25 medium", $"{TransactionId.Of(1, ChainSample.Hash("b"))} v2 isolation-forest 0.625 0.5 0.75 medium"],
            await database.ColumnAsync<string>(
                "SELECT concat_ws(' ', transaction_id, model_version, detector, score, coalesce(probability::text, '-'), weight, severity) FROM predictions "
                + $"WHERE hash_bytes = unhex('{ChainSample.Hash("b")}') ORDER BY detector"));
    }

    [Fact]
    public async Task Anomaly_ShouldBeStoredFieldForField()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(ChainSample.Anomaly("a"));

        var row = await database.RowAsync("SELECT *, severity::text AS severity_text FROM anomalies_hex");
        var expected = ChainSample.Anomaly("a");
        Assert.Equal((expected.Id, "transaction", expected.TransactionId, 1L), (row["id"], row["kind"], row["transaction_id"], row["chain_id"]));
        Assert.Equal((expected.Address, expected.TransactionHash, expected.BlockHash), (row["address"], row["transaction_hash"], row["block_hash"]));
        Assert.Equal((expected.From, null, 5m, 0.9, "high"), (row["sender"], row["receiver"], row["value"], row["score"], row["severity_text"]));
        Assert.Equal("""[{"name": "baseline", "score": null, "weight": 1, "probability": null}]""", row["parts"]);
        Assert.Equal("""[{"value": 1.5, "feature": "gasprice", "usualLow": 0.5, "usualHigh": null, "contribution": 0.125}]""", row["reasons"]);
        Assert.Equal(["to:exploit"], Assert.IsType<string[]>(row["labels"]));
        Assert.Equal((expected.Timestamp.UtcDateTime, expected.DetectedAt.UtcDateTime, false), (row["occurred_at"], row["detected_at"], row["removed"]));
    }

    [Fact]
    public async Task Alert_ShouldSayWhenItWasToldFirst_WhenItIsResolved()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(ChainSample.Alert("a", minute: 5, resolved: true), ChainSample.Alert("b"));
        await harness.WriteAsync(ChainSample.Alert("a"), ChainSample.Alert("b", minute: 7, resolved: true), ChainSample.Alert("b", minute: -3));

        var rows = await database.ColumnAsync<string>(
            "SELECT concat_ws(' ', resolved, (told_at AT TIME ZONE 'UTC')::time(0), (changed_at AT TIME ZONE 'UTC')::time(0)) FROM alerts ORDER BY 1");
        Assert.Equal(["t 12:27:15 12:37:15", "t 12:30:15 12:35:15"], rows);
        var row = await database.RowAsync($"SELECT rule_id, title, address, value::text AS value_text, score, confidence, channels, anomaly_id FROM alerts WHERE id = '{ChainSample.Alert("a").Id}'");
        Assert.Equal(("high-score", "Anomalous transaction a", ChainSample.Address("a")), (row["rule_id"], row["title"], row["address"]));
        Assert.Equal(("1" + new string('0', 77), 0.99, null), (row["value_text"], row["score"], row["confidence"]));
        Assert.Equal(["console", "slack"], Assert.IsType<string[]>(row["channels"]));
        Assert.Equal(ChainSample.Anomaly("a").Id, row["anomaly_id"]);
    }

    [Fact]
    public async Task Models_ShouldPointAtTheNewestOfAllVersions()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(ChainSample.Model("2", minute: 2), ChainSample.Model("1", minute: 1), ChainSample.Model("2", minute: 9) with { Kind = "other" });
        await harness.WriteAsync(ChainSample.Model("3", minute: 0), ChainSample.Model("x", id: "gone"), new Sinks.Transactions.GoneModel("gone"));

        Assert.Equal(["transactions.ensemble 2"], await database.ColumnAsync<string>("SELECT id || ' ' || version FROM models"));
        Assert.Equal(4, await database.CountAsync("model_versions"));
        var row = await database.RowAsync("SELECT * FROM model_versions WHERE version = '2'");
        Assert.Equal(("ensemble", 7L, ChainSample.Model("2").Sha256), (row["kind"], row["seed"], row["sha256"]));
        Assert.Equal(ChainSample.Model("2").Artifact, row["artifact"]);
        Assert.Equal("""{"broken": null, "rocAuc": 0.97}""", row["metrics"]);
        Assert.Equal((4, 2), ((int)harness.Counters.ModelVersionRows, (int)harness.Counters.Batches));
    }

    [Fact]
    public async Task NulCharacters_ShouldBeLeftOut()
    {
        var database = await server.CreateAsync();
        await using var harness = TransactionsHarness.Of(database);
        await harness.PlaceAsync();

        Assert.Equal(
            WriteOutcome.Written,
            await harness.WriteAsync(
                ChainSample.Transaction("a") with { FunctionName = "tran\0sfer\ud800", Labels = ["a\0b"], ModelVersion = "v\0" },
                ChainSample.Alert("a") with { Title = "\0", Labels = ["\0x"] },
                ChainSample.Model("1\0") with { TrainedOn = "\0y" }));

        Assert.Equal(["transfer\ufffd"], await database.ColumnAsync<string>("SELECT function_name FROM transactions"));
        Assert.Equal(0, await database.CountAsync("dead_letters"));
        Assert.Equal(["v"], await database.ColumnAsync<string>("SELECT model_version FROM scorers"));
    }
}
