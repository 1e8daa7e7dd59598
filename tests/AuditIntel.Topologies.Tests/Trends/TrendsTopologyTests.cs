using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Tests.Trends;

public sealed class TrendsTopologyTests(RegistryFixture registry) : IClassFixture<RegistryFixture>
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Finding_ShouldStandInTheWindowsOfItsDay_ByTypePlatformAndSeverity()
    {
        using var run = new TrendsRun(registry.Trends);
        run.Pipe(Finding("a", 3));
        run.Pipe(Finding("b", 5));
        run.Wait();
        Assert.Equal(2, run.Trends["type/reentrancy/7/2024-12-31"].Count);
        Assert.Equal(2, run.Trends["platform/sherlock/30/2024-12-08"].Count);
        Assert.Equal(1, run.Trends["severity/high/90/2024-10-07"].Count);
        Assert.Equal(7, run.Trends["all/all/7/2024-12-29"].Risk);
    }

    [Fact]
    public void FindingThatChanges_ShouldBeTakenBackFromWhereItWas()
    {
        using var run = new TrendsRun(registry.Trends);
        run.Pipe(Finding("a", 3));
        run.Pipe(Finding("b", 3));
        run.Wait();
        run.Pipe(Finding("a", 3) with { VulnerabilityType = "access-control", Severity = Severity.Low, CollectedAt = Now.AddHours(1) });
        run.Wait();
        Assert.Equal(1, run.Trends["type/reentrancy/7/2024-12-29"].Count);
        Assert.Equal(1, run.Trends["type/access-control/7/2024-12-29"].Count);
        Assert.Equal(8, run.Trends["all/all/7/2024-12-29"].Risk);
    }

    [Fact]
    public void FindingThatTurnsOutToBeADuplicate_ShouldNotBeCountedAnyMore()
    {
        using var run = new TrendsRun(registry.Trends);
        run.Pipe(Finding("a", 3));
        run.Pipe(Finding("b", 3));
        run.Wait();
        run.Pipe(Duplicate("b", Now.AddMilliseconds(1)));
        run.Wait();
        Assert.Equal(1, run.Trends["all/all/7/2024-12-29"].Count);
    }

    [Fact]
    public void LastFinding_ShouldLeaveNoWindowBehind_WhenItIsTakenBack()
    {
        using var run = new TrendsRun(registry.Trends);
        run.Pipe(Finding("a", 3));
        run.Wait();
        Assert.NotEmpty(run.Trends);
        run.Pipe(Duplicate("a", Now.AddMilliseconds(1)));
        run.Wait();
        Assert.Empty(run.Trends);
    }

    [Fact]
    public void FindingsWithoutADate_ShouldBeCountedApart()
    {
        using var run = new TrendsRun(registry.Trends);
        run.Pipe(Finding("a", 0) with { PublishedAt = null });
        run.Wait();
        Assert.Equal(1, run.Trends["type/reentrancy/0/undated"].Count);
        Assert.All(run.Trends.Values, trend => Assert.Equal(0, trend.WindowDays));
    }

    [Fact]
    public void Backfill_ShouldBeToldInFewStrokes_AndAtTheLatestAfterTenSeconds()
    {
        using var run = new TrendsRun(registry.Trends);
        for (int i = 0; i < 9; i++)
        {
            run.Pipe(Finding($"f{i}", i));
            run.Wait(1);
            Assert.Empty(run.Trends);
        }

        run.Pipe(Finding("last", 9));
        run.Wait(1);
        Assert.NotEmpty(run.Trends);
    }

    [Fact]
    public void AnyOrder_WithAnyRestarts_ShouldEndInTheSameTables()
    {
        object[] records = [.. Records()];
        using var straight = new TrendsRun(registry.Trends);
        foreach (object record in records)
        {
            straight.Pipe(record);
        }

        straight.Wait();
        Assert.NotEmpty(straight.Threats);
        for (int seed = 1; seed <= 3; seed++)
        {
            var random = new Random(seed);
            using var run = new TrendsRun(registry.Trends);
            foreach (object record in records.OrderBy(_ => random.Next()))
            {
                run.Pipe(record);
                if (random.Next(60) == 0)
                {
                    run.Wait();
                }

                if (random.Next(40) == 0)
                {
                    run.Restart();
                }
            }

            run.Wait();
            Assert.Equal(straight.Trends.Count, run.Trends.Count);
            Assert.All(straight.Trends, pair => Assert.Equal(pair.Value, run.Trends[pair.Key]));
            Assert.Equal(straight.Threats, run.Threats);
        }
    }

    /// <summary>Four months of findings: some change, some turn out to be duplicates and some come back, a type rises.</summary>
    private static IEnumerable<object> Records()
    {
        var random = new Random(5);
        string[] types = ["reentrancy", "access-control", "oracle-manipulation", "unknown"];
        for (int i = 0; i < 250; i++)
        {
            string type = i >= 200 ? "oracle-manipulation" : types[random.Next(4)];
            int day = i >= 200 ? 112 + (i % 8) : random.Next(0, 120);
            Finding finding = Finding($"f{i}", day) with { VulnerabilityType = type, Severity = (Severity)random.Next(7), Platform = $"p{random.Next(3)}" };
            yield return finding;
            if (i % 7 == 0)
            {
                yield return finding with { Severity = Severity.Critical, VulnerabilityType = "unknown", CollectedAt = Now.AddMinutes(1) };
            }

            if (i % 5 == 0)
            {
                yield return Duplicate($"f{i}", Now.AddMinutes(2)) with { Platform = finding.Platform };
            }

            if (i % 10 == 0)
            {
                yield return finding with { CollectedAt = Now.AddMinutes(3), PublishedAt = i % 20 == 0 ? null : finding.PublishedAt };
            }
        }
    }

    private static Finding Finding(string native, int day) => new()
    {
        Id = native,
        ContentHash = "h",
        Platform = "sherlock",
        Contest = "c",
        NativeId = native,
        Title = "t",
        Body = "b",
        VulnerabilityType = "reentrancy",
        Severity = Severity.High,
        SourcePath = "p",
        PublishedAt = Start.AddDays(day),
        CollectedAt = Now,
    };

    private static FindingDuplicate Duplicate(string native, DateTimeOffset at) => new()
    {
        Id = native,
        CanonicalId = "x",
        ContentHash = "h",
        Platform = "sherlock",
        Contest = "c",
        NativeId = native,
        Title = "t",
        Method = "near",
        Similarity = 0.9,
        SourcePath = "p",
        CollectedAt = at,
    };
}
