using System.Diagnostics;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Tests.Findings;

namespace AuditIntel.Topologies.Tests.Findings;

/// <summary>Findings that would cost a careless reader everything. Processor time is what is limited: the machine may be busy.</summary>
public sealed class HardFindingsTests(RegistryFixture registry) : IClassFixture<RegistryFixture>
{
    private static readonly FindingText Text = SampleFindings.Grouped(1, 1)[0].Finding;

    [Fact]
    public void ThousandsOfIdenticalFindings_ShouldBeCopiesOfTheFirst_InFlatTimeEach()
    {
        using FindingsRun run = WithModel();
        RawFinding[] copies = [.. Enumerable.Range(0, 6_000).Select(i => FindingsRun.Raw($"{i}", Text.Title, Text.Body))];
        run.Pipe(copies[..1_000]);
        double early = Seconds(() => run.Pipe(copies[1_000..2_000]));
        run.Pipe(copies[2_000..5_000]);
        double late = Seconds(() => run.Pipe(copies[5_000..]));
        Assert.Single(run.Findings);
        Assert.Equal(5_999, run.Duplicates.Count);
        Assert.All(run.Duplicates, duplicate => Assert.Equal("exact", duplicate.Method));
        Assert.True(late < (early * 3) + 0.5, $"1 000 copies took {early:0.00} s behind 1 000 and {late:0.00} s behind 5 000.");
    }

    [Theory]
    [InlineData("```solidity\nfunction f() external { x = 1; }\n", 100_000)]
    [InlineData("````", 1_200_000)]
    [InlineData("<div><b>a</b> if a then b 1,000 USD 50% ", 120_000)]
    [InlineData("\u202e\u200b\u0301x ", 500_000)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", 120_000)]
    public void FindingOfFiveMegabytes_ShouldBeJudgedInBoundedTime(string piece, int times)
    {
        using FindingsRun run = WithModel();
        run.Pipe(FindingsRun.Raw("small", Text.Title, Text.Body));
        string body = string.Concat(Enumerable.Repeat(piece, times));
        double seconds = Seconds(() => run.Pipe(FindingsRun.Raw("large", "A large one", "It begins. " + body)));
        Assert.Equal(2, run.Findings.Count);
        Assert.True(seconds < 10, $"{body.Length} characters took {seconds:0.0} s.");
    }

    [Fact]
    public void UnclosedFence_ShouldHideNothingOfTheFindingsBehindIt()
    {
        using FindingsRun run = WithModel();
        run.Pipe(FindingsRun.Raw("a", Text.Title, Text.Body + "\n```solidity\nfunction f() external {"), FindingsRun.Raw("b", Text.Title, Text.Body));
        Assert.Equal("near", Assert.Single(run.Duplicates).Method);
    }

    [Fact]
    public void CostOfAFinding_ShouldNotGrowWithTheHistory()
    {
        using FindingsRun run = WithModel();
        Batch(run, 0, 10);
        double early = Batch(run, 10, 20);
        Batch(run, 30, 100);
        double late = Batch(run, 130, 20);
        Assert.True(late < (early * 3) + 0.3, $"600 findings took {early:0.00} s behind 300 and {late:0.00} s behind 3 900.");
    }

    /// <summary>Processor seconds for contests of thirty findings each.</summary>
    private static double Batch(FindingsRun run, int from, int contests) => Seconds(() =>
    {
        foreach (int contest in Enumerable.Range(from, contests))
        {
            run.Pipe(SampleFindings.Grouped(1, 5).Select((sample, i) =>
                FindingsRun.Raw($"{i}", $"{sample.Finding.Title} {contest}", sample.Finding.Body.Replace("Loss", $"Loss{contest}", StringComparison.Ordinal), contest: $"c{contest}")));
        }
    });

    private static double Seconds(Action work)
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        work();
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    }

    private FindingsRun WithModel()
    {
        var run = new FindingsRun(registry.Serdes);
        run.Publish(SampleModel.One);
        return run;
    }
}
