using AuditIntel.Contracts;
using AuditIntel.Sinks.Findings;
using AuditIntel.Sinks.Tests.Stack;

namespace AuditIntel.Sinks.Tests.Findings;

/// <summary>What a record says is what the row says.</summary>
[Collection(PostgresCollection.Name)]
public sealed class FindingsWriterRowTests(PostgresFixture server)
{
    [Fact]
    public async Task Finding_ShouldBeStoredColumnByColumn_WhenEverythingIsGiven()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        var finding = Sample.Finding("H-01", body: "emoji \U0001F680, accents é, quotes '\" and \\ back\nslash") with { Authors = ["a,b", "{c}", "", "d\"e"] };

        await harness.WriteAsync(finding);

        var row = await database.RowAsync("SELECT *, severity::text AS severity_text FROM findings");
        Assert.Equal(finding.Id, row["id"]);
        Assert.Equal(finding.ContentHash, row["content_hash"]);
        Assert.Equal("code4rena", row["platform"]);
        Assert.Equal("71", row["contest"]);
        Assert.Equal("H-01", row["native_id"]);
        Assert.Equal(finding.Url, row["url"]);
        Assert.Equal(finding.Authors, (string[])row["authors"]!);
        Assert.Equal("high", row["severity_text"]);
        Assert.Equal("High", row["severity_label"]);
        Assert.Equal(finding.Title, row["title"]);
        Assert.Equal(finding.Body, row["body"]);
        Assert.Equal("reentrancy", row["vulnerability_type"]);
        Assert.Equal(0.75, row["type_confidence"]);
        Assert.Equal(["SWC-107"], (string[])row["swc"]!);
        Assert.Equal(["CWE-841"], (string[])row["cwe"]!);
        Assert.Equal("Vault", row["contest_name"]);
        Assert.Equal("Lending", row["contest_category"]);
        Assert.Equal(75000.50m, row["prize_pool_usd"]);
        Assert.Equal("reports/71.md", row["source_path"]);
        Assert.Equal(finding.PublishedAt!.Value.UtcDateTime, row["published_at"]);
        Assert.Equal(Sample.Day.UtcDateTime, row["collected_at"]);
        Assert.Equal(Sample.Day.UtcDateTime, row["changed_at"]);
        Assert.Equal(1, harness.Counters.FindingRows);
    }

    [Fact]
    public async Task Finding_ShouldHaveNulls_WhenOptionalFieldsAreMissing()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(Sample.Finding("H-01") with
        {
            Url = null,
            SeverityLabel = null,
            ContestName = null,
            ContestCategory = null,
            PrizePoolUsd = null,
            PublishedAt = null,
            Authors = [],
            Swc = [],
            Cwe = [],
        });

        var row = await database.RowAsync("SELECT * FROM findings");
        Assert.All(["url", "severity_label", "contest_name", "contest_category", "prize_pool_usd", "published_at"], column => Assert.Null(row[column]));
        Assert.All(["authors", "swc", "cwe"], column => Assert.Empty((string[])row[column]!));
    }

    [Theory]
    [InlineData(Severity.Unknown, "unknown")]
    [InlineData(Severity.Gas, "gas")]
    [InlineData(Severity.Informational, "informational")]
    [InlineData(Severity.Low, "low")]
    [InlineData(Severity.Medium, "medium")]
    [InlineData(Severity.High, "high")]
    [InlineData(Severity.Critical, "critical")]
    public void Severity_ShouldHaveItsLabel(Severity severity, string label) => Assert.Equal(label, FindingRows.Label(severity));

    [Fact]
    public async Task SeverityOfTheDatabase_ShouldHaveTheLabelsOfTheContractInItsOrder()
    {
        var database = await server.CreateAsync();

        var labels = await database.ColumnAsync<string>("SELECT unnest(enum_range(NULL::severity))::text");

        Assert.Equal(Enum.GetValues<Severity>().Select(FindingRows.Label), labels);
    }

    [Fact]
    public async Task Text_ShouldLoseNulAndLoneSurrogates_WhenTheRecordHasThem()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();

        await harness.WriteAsync(Sample.Finding("H-01") with { Title = "a\0b", Body = "c" + (char)0xD800 + "d", Authors = ["\0e"] });

        var row = await database.RowAsync("SELECT * FROM findings");
        Assert.Equal("ab", row["title"]);
        Assert.Equal("c\uFFFDd", row["body"]);
        Assert.Equal(["e"], (string[])row["authors"]!);
    }

    [Fact]
    public async Task Duplicate_ShouldBeStoredColumnByColumn()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        var duplicate = Sample.Duplicate("012-H/3", "012-H/1") with { Url = "u", SeverityLabel = "Med", Similarity = 0.5, PublishedAt = Sample.Day.AddDays(1) };

        await harness.WriteAsync(duplicate);

        var row = await database.RowAsync("SELECT * FROM finding_duplicates");
        Assert.Equal(duplicate.Id, row["id"]);
        Assert.Equal(duplicate.CanonicalId, row["canonical_id"]);
        Assert.Equal(duplicate.ContentHash, row["content_hash"]);
        Assert.Equal("sherlock", row["platform"]);
        Assert.Equal("9", row["contest"]);
        Assert.Equal("012-H/3", row["native_id"]);
        Assert.Equal("u", row["url"]);
        Assert.Equal(["carol"], (string[])row["authors"]!);
        Assert.Equal("Med", row["severity_label"]);
        Assert.Equal(duplicate.Title, row["title"]);
        Assert.Equal("exact", row["method"]);
        Assert.Equal(0.5, row["similarity"]);
        Assert.Equal(["equal content"], (string[])row["reasons"]!);
        Assert.Equal("9-judging/1.md", row["source_path"]);
        Assert.Equal(Sample.Day.AddDays(1).UtcDateTime, row["published_at"]);
        Assert.Equal(Sample.Day.UtcDateTime, row["collected_at"]);
    }

    [Fact]
    public async Task Contest_ShouldBeStoredColumnByColumn()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        var contest = Sample.Contest("71") with
        {
            Category = "Lending",
            PrizePoolUsd = 9_999_999_999_999_999.99m,
            Auditors = 42,
            HighFindings = 7,
            StartedOn = new DateOnly(2022, 1, 13),
            Url = "https://example.org",
        };

        await harness.WriteAsync(contest, Sample.Contest("72"));

        var row = await database.RowAsync("SELECT * FROM contests WHERE contest = '71'");
        Assert.Equal("code4rena", row["platform"]);
        Assert.Equal("Vault", row["name"]);
        Assert.Equal("Lending", row["category"]);
        Assert.Equal(9_999_999_999_999_999.99m, row["prize_pool_usd"]);
        Assert.Equal(42, row["auditors"]);
        Assert.Equal(7, row["high_findings"]);
        Assert.Equal(new DateOnly(2022, 1, 13), row["started_on"]);
        Assert.Equal("https://example.org", row["url"]);
        Assert.Equal("contests.csv", row["source_path"]);
        Assert.Equal(Sample.Day.UtcDateTime, row["collected_at"]);
        var bare = await database.RowAsync("SELECT * FROM contests WHERE contest = '72'");
        Assert.All(["category", "prize_pool_usd", "auditors", "high_findings", "started_on", "url"], column => Assert.Null(bare[column]));
    }

    [Fact]
    public async Task DeadLetter_ShouldBeStoredColumnByColumn()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        var letter = Sample.DeadLetter("broken.md") with { Platform = "sherlock", OriginTopic = "raw", OriginPartition = 3, OriginOffset = 1L << 40, Key = [0, 7] };

        await harness.WriteAsync(letter, Sample.DeadLetter("other.md") with { SourcePath = null, Payload = null });

        var row = await database.RowAsync($"SELECT * FROM dead_letters WHERE id = '{letter.Id}'");
        Assert.Equal("collect", row["stage"]);
        Assert.Equal("invalid-utf8", row["error_class"]);
        Assert.Equal("File broken.md is not UTF-8.", row["error_message"]);
        Assert.Equal("sherlock", row["platform"]);
        Assert.Equal("broken.md", row["source_path"]);
        Assert.Equal("raw", row["origin_topic"]);
        Assert.Equal(3, row["origin_partition"]);
        Assert.Equal(1L << 40, row["origin_offset"]);
        Assert.Equal(new byte[] { 0, 7 }, row["key"]);
        Assert.Equal(new byte[] { 0, 1, 255 }, row["payload"]);
        Assert.Equal(3L, row["payload_length"]);
        Assert.Equal(Sample.Day.UtcDateTime, row["failed_at"]);
        var bare = await database.RowAsync("SELECT * FROM dead_letters WHERE source_path IS NULL");
        Assert.All(["platform", "origin_topic", "origin_partition", "origin_offset", "key", "payload"], column => Assert.Null(bare[column]));
    }

    [Fact]
    public async Task Body_ShouldBeStoredWhole_WhenItHasMegabytes()
    {
        var database = await server.CreateAsync();
        await using var harness = new WriterHarness(database);
        await harness.PlaceAsync();
        var random = new Random(5);
        var body = string.Create(4_000_000, random, (span, r) => { for (var i = 0; i < span.Length; i++) { span[i] = (char)('!' + r.Next(90)); } });

        await harness.WriteAsync(Sample.Finding("H-01", body: body));

        Assert.Equal(body, await database.ScalarAsync<string>("SELECT body FROM findings"));
    }
}
