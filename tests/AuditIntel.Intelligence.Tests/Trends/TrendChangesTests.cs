using AuditIntel.Contracts;
using AuditIntel.Intelligence.Trends;

namespace AuditIntel.Intelligence.Tests.Trends;

public sealed class TrendChangesTests
{
    private static readonly DateOnly Start = new(2024, 1, 1);

    [Fact]
    public void Window_ShouldCountItsDaysAndThoseBefore_WithRiskBySeverity()
    {
        Dictionary<string, FindingTrend> trends = Trends(
            Cell(0, "reentrancy", Severity.High), Cell(6, "reentrancy", Severity.Critical), Cell(7, "reentrancy", Severity.Medium), Cell(13, "oracle-manipulation", Severity.Low));

        FindingTrend first = trends["type/reentrancy/7/2024-01-01"];
        Assert.Equal((2L, 0L, 17L, 1), (first.Count, first.PreviousCount, first.Risk, first.Rank));
        FindingTrend second = trends["type/reentrancy/7/2024-01-08"];
        Assert.Equal((1L, 2L, 4L, 1), (second.Count, second.PreviousCount, second.Risk, second.Rank));
        Assert.Equal((new DateOnly(2024, 1, 8), new DateOnly(2024, 1, 14)), (second.WindowStart, second.WindowEnd));
        Assert.Equal(2, trends["type/oracle-manipulation/7/2024-01-08"].Rank);
        Assert.Equal(2, trends["all/all/7/2024-01-08"].Count);
        Assert.Equal(1, trends["severity/critical/7/2024-01-01"].Count);
        Assert.Equal(4, trends["platform/sherlock/30/2023-12-16"].Count);
    }

    [Fact]
    public void Direction_ShouldBeUp_WhenTheChangeIsSignificantAmongAllTypes()
    {
        var cells = new List<TrendCell> { Cell(0, "reentrancy"), Cell(0, "access-control") };
        cells.AddRange(Enumerable.Range(0, 20).Select(i => Cell(8 + (i % 6), "reentrancy")));
        cells.AddRange(Enumerable.Range(0, 6).Select(i => Cell(1 + i, "access-control")));
        cells.AddRange(Enumerable.Range(0, 6).Select(i => Cell(8 + i, "access-control")));
        Dictionary<string, FindingTrend> trends = Trends([.. cells]);

        FindingTrend up = trends["type/reentrancy/7/2024-01-08"];
        Assert.Equal(TrendDirection.Up, up.Direction);
        Assert.Equal(2 * (1 + 21) / Math.Pow(2, 21), up.PValue!.Value, 12);
        Assert.Equal(2 * up.PValue.Value, up.AdjustedPValue!.Value, 12);
        Assert.Equal(TrendDirection.Stable, trends["type/access-control/7/2024-01-08"].Direction);
        Assert.Equal("high", up.TrainingNeed);
        Assert.False(string.IsNullOrEmpty(up.Recommendation));
    }

    [Fact]
    public void Direction_ShouldBeUnknown_WhenTheWindowBeforeIsNotWithinTheHistory()
    {
        Dictionary<string, FindingTrend> trends = Trends([.. Enumerable.Range(0, 30).Select(i => Cell(i % 10, "reentrancy"))]);
        Assert.All(trends.Values, trend => Assert.Equal((TrendDirection.Unknown, (double?)null), (trend.Direction, trend.PValue)));
    }

    [Fact]
    public void TypeThatWasNotThereForAYear_ShouldBeAnEmergingThreat()
    {
        TrendCell[] cells = [.. Enumerable.Range(0, 120).Select(i => Cell(i, "access-control")), Cell(117, "reentrancy"), Cell(118, "reentrancy", Severity.Critical), Cell(119, "reentrancy")];
        EmergingThreat threat = Threats(cells)["reentrancy/7/2024-04-23"];
        Assert.Equal((EmergenceKind.New, 3L, 0L, Severity.Critical), (threat.Kind, threat.Count, threat.PreviousCount, threat.WorstSeverity));
        Assert.Equal(["sherlock"], threat.Platforms);
        Assert.DoesNotContain("access-control/7/2024-01-01", Threats(cells).Keys);
    }

    [Fact]
    public void TypeThatMoreThanDoubles_ShouldBeAnEmergingThreat_OnlyWithEnoughEvidence()
    {
        TrendCell[] few = [.. Enumerable.Range(0, 14).Select(i => Cell(i, "access-control")), Cell(0, "reentrancy"), Cell(8, "reentrancy"), Cell(9, "reentrancy"), Cell(10, "reentrancy")];
        Assert.Empty(Threats(few));
        TrendCell[] many = [.. few, .. Enumerable.Range(0, 20).Select(i => Cell(8 + (i % 6), "reentrancy"))];
        EmergingThreat threat = Threats(many)["reentrancy/7/2024-01-08"];
        Assert.Equal((EmergenceKind.Surging, 23L, 1L, 23.0), (threat.Kind, threat.Count, threat.PreviousCount, threat.Growth!.Value));
    }

    [Fact]
    public void FindingsWithoutADay_ShouldBeCountedApart()
    {
        TrendCell undated = Cell(0, "reentrancy") with { Day = null };
        Dictionary<string, FindingTrend> trends = Trends(undated, undated);
        Assert.Equal(["all/all/0/undated", "platform/sherlock/0/undated", "severity/high/0/undated", "type/reentrancy/0/undated"], trends.Keys.Order());
        Assert.All(trends.Values, trend => Assert.Equal((2L, (DateOnly?)null), (trend.Count, trend.WindowStart)));
    }

    [Fact]
    public void Changes_ShouldLeadToTheSameWindows_InWhateverStrokesTheyCome()
    {
        var random = new Random(7);
        string[] types = ["reentrancy", "access-control", "oracle-manipulation", "unknown"];
        TrendCell[] cells = [.. Enumerable.Range(0, 400).Select(_ => Cell(random.Next(0, 600), types[random.Next(4)], (Severity)random.Next(7)) with { Platform = $"p{random.Next(3)}" })];
        TrendCell[] gone = [Cell(900, "reentrancy"), Cell(-50, "access-control"), Cell(0, "reentrancy") with { Day = null }];
        Dictionary<string, object> expected = Apply([], [], Count(cells), []);

        Dictionary<string, object> table = [];
        Dictionary<TrendCell, long> counts = [];
        foreach (TrendCell[] stroke in cells.Concat(gone).OrderBy(_ => random.Next()).Chunk(67))
        {
            table = Apply(table, counts, Count(stroke), []);
        }

        table = Apply(table, counts, [], gone);
        Assert.Equal(expected.Count, table.Count);
        Assert.All(expected, pair => Assert.Equal(pair.Value, table[pair.Key]));
    }

    [Theory]
    [InlineData("2024-05-06T23:30:00Z", "2024-05-06|HIGH|reentrancy|firm:a|b")]
    [InlineData("1970-01-01T00:00:00Z", "undated|HIGH|reentrancy|firm:a|b")]
    [InlineData("2030-01-01T00:00:00Z", "undated|HIGH|reentrancy|firm:a|b")]
    [InlineData(null, "undated|HIGH|reentrancy|firm:a|b")]
    public void Cell_ShouldHaveADay_OnlyWhenTheDateCanBeTrue(string? published, string key)
    {
        var finding = new Finding
        {
            Id = "i",
            ContentHash = "h",
            Platform = "firm:a|b",
            Contest = "c",
            NativeId = "n",
            Title = "t",
            Body = "b",
            VulnerabilityType = "reentrancy",
            Severity = Severity.High,
            SourcePath = "p",
            PublishedAt = published is null ? null : DateTimeOffset.Parse(published, System.Globalization.CultureInfo.InvariantCulture),
            CollectedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
        TrendCell cell = TrendCell.Of(finding);
        Assert.Equal(key, cell.Key());
        Assert.Equal(cell, TrendCell.Parse(key));
    }

    private static TrendCell Cell(int day, string type, Severity severity = Severity.High) => new(Start.AddDays(day), type, "sherlock", severity);

    private static Dictionary<TrendCell, long> Count(IEnumerable<TrendCell> cells) => cells.GroupBy(cell => cell).ToDictionary(group => group.Key, group => (long)group.Count());

    private static Dictionary<string, FindingTrend> Trends(params TrendCell[] cells) =>
        Apply([], [], Count(cells), []).Where(pair => pair.Value is FindingTrend).ToDictionary(pair => pair.Key, pair => (FindingTrend)pair.Value);

    private static Dictionary<string, EmergingThreat> Threats(params TrendCell[] cells) =>
        Apply([], [], Count(cells), []).Where(pair => pair.Value is EmergingThreat).ToDictionary(pair => pair.Key["threat ".Length..], pair => (EmergingThreat)pair.Value);

    /// <summary>What a consumer has who keeps the newest record of each key.</summary>
    private static Dictionary<string, object> Apply(Dictionary<string, object> table, Dictionary<TrendCell, long> counts, Dictionary<TrendCell, long> more, TrendCell[] gone)
    {
        var before = new TrendHistory(counts);
        foreach ((TrendCell cell, long count) in more)
        {
            counts[cell] = counts.GetValueOrDefault(cell) + count;
        }

        foreach (TrendCell cell in gone)
        {
            counts[cell]--;
        }

        foreach (TrendChange change in TrendChanges.Between(before, new TrendHistory(counts), more.Keys.Concat(gone).Where(cell => cell.Day is not null).Select(cell => cell.Day!.Value)))
        {
            string key = change.IsThreat ? $"threat {change.Key}" : change.Key;
            object? now = (object?)change.Trend ?? change.Threat;
            if (now is not null)
            {
                table[key] = now;
            }
            else
            {
                Assert.True(table.Remove(key), $"{key} was taken back and had never been told");
            }
        }

        return table;
    }
}
