using AuditIntel.Contracts;
using AuditIntel.Sinks.Findings;
using AuditIntel.Sinks.Tests.Stack;

namespace AuditIntel.Sinks.Tests.Findings;

/// <summary>What happens to an id that comes again.</summary>
[Collection(PostgresCollection.Name)]
public sealed class FindingsWriterUpsertTests(PostgresFixture server)
{
    private const string Versions =
        "SELECT xmin::text || ctid::text FROM contests UNION ALL SELECT xmin::text || ctid::text FROM findings "
        + "UNION ALL SELECT xmin::text || ctid::text FROM finding_duplicates UNION ALL SELECT xmin::text || ctid::text FROM dead_letters";

    [Fact]
    public async Task Rows_ShouldKeepTheirVersion_WhenTheSameContentIsCollectedAgain()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        await harness.WriteAsync(Sample.Contest("71"), Sample.Finding("a"), Sample.Duplicate("b", "a"), Sample.DeadLetter("c"));
        var before = await database.ColumnAsync<string>(Versions);

        var later = Sample.Day.AddDays(1);
        await harness.WriteAsync(
            Sample.Contest("71", collectedAt: later),
            Sample.Finding("a", collectedAt: later),
            Sample.Duplicate("b", "a", later),
            Sample.DeadLetter("c") with { FailedAt = later });

        Assert.Equal(4, before.Count);
        Assert.Equal(before, await database.ColumnAsync<string>(Versions));
        Assert.Equal(1, harness.Counters.FindingRows);
        Assert.Equal(8, harness.Counters.Records);
    }

    [Fact]
    public async Task Finding_ShouldTakeNewContentAndKeepItsFirstCollection_WhenItChanged()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        await harness.WriteAsync(Sample.Finding("a"));

        await harness.WriteAsync(Sample.Finding("a", severity: Severity.Medium, body: "New words.", collectedAt: Sample.Day.AddHours(1)));

        var row = await database.RowAsync("SELECT body, severity::text AS severity, collected_at, changed_at FROM findings");
        Assert.Equal("New words.", row["body"]);
        Assert.Equal("medium", row["severity"]);
        Assert.Equal(Sample.Day.UtcDateTime, row["collected_at"]);
        Assert.Equal(Sample.Day.AddHours(1).UtcDateTime, row["changed_at"]);
    }

    [Fact]
    public async Task Finding_ShouldKeepItsContent_WhenAnOlderRecordComesLate()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        await harness.WriteAsync(Sample.Finding("a", body: "new", collectedAt: Sample.Day.AddHours(1)));

        await harness.WriteAsync(Sample.Finding("a", body: "old"));

        Assert.Equal("new", await database.ScalarAsync<string>("SELECT body FROM findings"));
    }

    [Fact]
    public async Task LastRecord_ShouldWin_WhenABatchHasAnIdSeveralTimes()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(
            Sample.Finding("a", body: "1"), Sample.Duplicate("b", "x"), Sample.Contest("71", "1"), Sample.DeadLetter("c"),
            Sample.Finding("a", body: "2"), Sample.Duplicate("b", "y"), Sample.Contest("71", "2"), Sample.DeadLetter("c"));

        Assert.Equal(["2"], await database.ColumnAsync<string>("SELECT body FROM findings"));
        Assert.Equal([Sample.Hash("y")], await database.ColumnAsync<string>("SELECT canonical_id FROM finding_duplicates"));
        Assert.Equal(["2"], await database.ColumnAsync<string>("SELECT name FROM contests"));
        Assert.Equal(1, await database.CountAsync("dead_letters"));
    }

    [Fact]
    public async Task Contest_ShouldGo_WhenItsTombstoneComes()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        await harness.WriteAsync(Sample.Contest("71"), Sample.Contest("72"));

        await harness.WriteAsync(new ContestRef("code4rena", "71"), Sample.Contest("73"), new ContestRef("code4rena", "73"), new ContestRef("code4rena", "no such"));

        Assert.Equal(["72"], await database.ColumnAsync<string>("SELECT contest FROM contests"));
        Assert.Equal(1, harness.Counters.ContestsDeleted);
    }

    [Fact]
    public async Task Finding_ShouldBecomeADuplicate_WhenALaterVerdictSaysSo()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        await harness.WriteAsync(Sample.Finding("a"));

        await harness.WriteAsync(Sample.Duplicate("a", "b", Sample.Day.AddHours(1)));

        Assert.Equal((0, 1), (await database.CountAsync("findings"), await database.CountAsync("finding_duplicates")));
    }

    [Fact]
    public async Task Duplicate_ShouldBecomeAFinding_WhenALaterVerdictSaysSo()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        await harness.WriteAsync(Sample.Duplicate("a", "b"));

        await harness.WriteAsync(Sample.Finding("a", collectedAt: Sample.Day.AddHours(1)));

        Assert.Equal((1, 0), (await database.CountAsync("findings"), await database.CountAsync("finding_duplicates")));
    }

    // All orders of three verdicts, in one batch or in three, end in the same tables: a replay needs no order between topics.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tables_ShouldEndTheSame_WhateverTheOrderOfVerdicts(bool inOneBatch)
    {
        object[] verdicts =
        [
            Sample.Finding("a"),
            Sample.Duplicate("a", "b", Sample.Day.AddHours(1)),
            Sample.Finding("a", body: "edited", collectedAt: Sample.Day.AddHours(2)),
        ];
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        foreach (var order in orders)
        {
            await database.ExecuteAsync("TRUNCATE findings, finding_duplicates");
            var ordered = order.Select(i => verdicts[i]).ToArray();
            if (inOneBatch)
            {
                await harness.WriteAsync(ordered);
            }
            else
            {
                foreach (var verdict in ordered)
                {
                    await harness.WriteAsync(verdict);
                }
            }

            Assert.Equal(["edited"], await database.ColumnAsync<string>("SELECT body FROM findings"));
            Assert.Equal(0, await database.CountAsync("finding_duplicates"));
        }
    }

    [Fact]
    public async Task Finding_ShouldStay_WhenADuplicateVerdictHasTheSameTime()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(Sample.Duplicate("a", "b"), Sample.Finding("a"));
        await harness.WriteAsync(Sample.Duplicate("a", "b"));

        Assert.Equal((1, 0), (await database.CountAsync("findings"), await database.CountAsync("finding_duplicates")));
    }
}
