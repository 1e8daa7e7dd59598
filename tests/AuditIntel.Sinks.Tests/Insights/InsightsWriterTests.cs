using AuditIntel.Avro;
using AuditIntel.Sinks.Insights;
using AuditIntel.Sinks.Tests.Stack;
using static AuditIntel.Sinks.Tests.Insights.InsightSample;

namespace AuditIntel.Sinks.Tests.Insights;

[Collection(PostgresCollection.Name)]
public sealed class InsightsWriterTests(PostgresFixture server)
{
    [Fact]
    public async Task Window_ShouldBeStoredWithAllItsFields()
    {
        TestDatabase database = await server.CreateAsync();
        await using WriterHarness writer = await WriterAsync(database);
        await writer.WriteAsync(new TrendRow(Trend("reentrancy"), false), new ThreatRow(Threat("reentrancy"), false));

        Dictionary<string, object?> trend = await database.RowAsync("SELECT *, window_start::text AS start, window_end::text AS finish FROM finding_trends");
        Assert.Equal(
            ("type", "reentrancy", 30, "2025-12-01", "2025-12-30", 3L, 1L, "up"),
            (trend["dimension"], trend["value"], trend["window_days"], trend["start"], trend["finish"], trend["count"], trend["previous_count"], trend["direction"]));
        Assert.Equal((0.01, 0.02, 0L, 1L, 7L, 2, "Do it otherwise.", "high"), (
            trend["p_value"], trend["adjusted_p_value"], trend["critical"], trend["high"], trend["risk"], trend["rank"], trend["recommendation"], trend["training_need"]));
        Dictionary<string, object?> threat = await database.RowAsync("SELECT * FROM emerging_threats");
        Assert.Equal(("reentrancy", "A name", "new", 3L, null, "critical"), (
            threat["type"], threat["name"], threat["kind"], threat["count"], threat["growth"], threat["worst_severity"]));
        Assert.Equal(["code4rena", "sherlock"], (string[])threat["platforms"]!);
        Assert.Equal((1, 1), (writer.Counters.TrendRows, writer.Counters.ThreatRows));
    }

    [Fact]
    public async Task LastRecordOfAKey_ShouldStand_WithinABatchAndBetweenBatches()
    {
        TestDatabase database = await server.CreateAsync();
        await using WriterHarness writer = await WriterAsync(database);
        await writer.WriteAsync(new TrendRow(Trend("a", 1), false), new TrendRow(Trend("a", 2), false), new TrendRow(Trend("b"), false), new TrendRow(Trend("b"), true));
        Assert.Equal([2L], await database.ColumnAsync<long>("SELECT count FROM finding_trends"));
        await writer.WriteAsync(new TrendRow(Trend("a", 3), false));
        await writer.WriteAsync(new TrendRow(Trend("a", 3), false));
        Assert.Equal([3L], await database.ColumnAsync<long>("SELECT count FROM finding_trends"));
        Assert.Equal(2, writer.Counters.TrendRows);
        await writer.WriteAsync(new TrendRow(Trend("a"), true), new ThreatRow(Threat("never"), true));
        Assert.Equal(0, await database.CountAsync("finding_trends"));
    }

    [Fact]
    public async Task FindingsWithoutDate_ShouldHaveARowOfTheirOwn()
    {
        TestDatabase database = await server.CreateAsync();
        await using WriterHarness writer = await WriterAsync(database);
        await writer.WriteAsync(new TrendRow(Trend("a") with { WindowDays = 0, WindowStart = null, WindowEnd = null }, false), new TrendRow(Trend("a"), false));
        Assert.Equal(["-infinity", "2025-12-01"], await database.ColumnAsync<string>("SELECT window_start::text FROM finding_trends ORDER BY window_start"));
        await writer.WriteAsync(WindowKeys.GoneTrend("type/a/0/undated")!);
        Assert.Equal(["2025-12-01"], await database.ColumnAsync<string>("SELECT window_start::text FROM finding_trends"));
    }

    [Fact]
    public async Task CurrentTrends_ShouldBeTheNewestWindowOfEachLength()
    {
        TestDatabase database = await server.CreateAsync();
        await using WriterHarness writer = await WriterAsync(database);
        await writer.WriteAsync(
            new TrendRow(Trend("old", days: 7), false),
            new TrendRow(Trend("new", days: 7) with { WindowStart = Start.AddDays(1), WindowEnd = Start.AddDays(7) }, false),
            new TrendRow(Trend("long", days: 90), false));
        Assert.Equal(["long", "new"], await database.ColumnAsync<string>("SELECT value FROM current_trends ORDER BY value"));
    }

    [Fact]
    public async Task PairOfSimilarFindings_ShouldHaveOneRow_WhicheverIsToldFirst()
    {
        TestDatabase database = await server.CreateAsync();
        await using WriterHarness writer = await WriterAsync(database);
        await writer.WriteAsync(Pair("x", "y"), Pair("y", "x"));
        await writer.WriteAsync(Pair("y", "x", minute: 1, withdrawn: true));
        Assert.Equal([true], await database.ColumnAsync<bool>("SELECT withdrawn FROM similar_findings"));

        // The same change takes the old text back and tells the new one, from different tasks: the order plays no part.
        await writer.WriteAsync(Pair("x", "y", minute: 1));
        await writer.WriteAsync(Pair("x", "y", minute: 1, withdrawn: true));
        await writer.WriteAsync(Pair("x", "y", withdrawn: true));
        Assert.Equal([false], await database.ColumnAsync<bool>("SELECT withdrawn FROM similar_findings"));
    }

    [Theory]
    [InlineData("type/reentrancy/30/2025-12-01", "reentrancy", 30)]
    [InlineData("platform/firm:a/b/7/2025-12-01", "firm:a/b", 7)]
    [InlineData("ALL/all/0/undated", "all", 0)]
    public void KeyOfATombstone_ShouldNameItsWindow(string key, string value, int days)
    {
        TrendRow row = WindowKeys.GoneTrend(key)!;
        Assert.True(row.IsGone);
        Assert.Equal((value, days), (row.Trend.Value, row.Trend.WindowDays));
        Assert.Equal(days == 0, row.Trend.WindowStart is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("type")]
    [InlineData("type/reentrancy")]
    [InlineData("type/reentrancy/x/2025-12-01")]
    [InlineData("type/reentrancy/7/yesterday")]
    [InlineData("type//7/2025-12-01")]
    [InlineData("colour/red/7/2025-12-01")]
    [InlineData("type/7/2025-12-01")]
    public void KeyOfATombstone_ShouldBeRefused_WhenItIsNone(string key) => Assert.Null(WindowKeys.GoneTrend(key));

    [Fact]
    public void Record_ShouldBeRefused_WhenItBreaksALimitOfTheTables()
    {
        Assert.Null(InsightRules.Fault(new TrendRow(Trend("a"), false)));
        Assert.Null(InsightRules.Fault(Pair("x", "y")));
        Assert.Contains("value", InsightRules.Fault(new TrendRow(Trend(""), false)));
        Assert.Contains("count", InsightRules.Fault(new TrendRow(Trend("a", -1), false)));
        Assert.Contains("pValue", InsightRules.Fault(new TrendRow(Trend("a") with { PValue = double.NaN }, false)));
        Assert.Contains("windowDays", InsightRules.Fault(new TrendRow(Trend("a") with { WindowDays = 0 }, false)));
        Assert.Contains("type", InsightRules.Fault(new ThreatRow(Threat(""), false)));
        Assert.Contains("itself", InsightRules.Fault(Pair("x", "x")));
    }

    private static async Task<WriterHarness> WriterAsync(TestDatabase database)
    {
        var writer = new WriterHarness(database, content: new InsightsContent(new SchemaRegistryClient(new Uri("http://127.0.0.1:1"))));
        await writer.PlaceAsync();
        return writer;
    }
}
