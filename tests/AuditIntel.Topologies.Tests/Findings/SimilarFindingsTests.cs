using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Tests.Findings;

namespace AuditIntel.Topologies.Tests.Findings;

public sealed class SimilarFindingsTests(RegistryFixture registry) : IClassFixture<RegistryFixture>
{
    private static readonly FindingText Text = SampleFindings.Grouped(1, 1)[0].Finding;

    [Fact]
    public void SameTextOnAnotherPlatform_ShouldBeToldOnce_AndBothStayFindings()
    {
        using FindingsRun run = WithModel();
        run.Pipe(Raw("a"), Raw("b") with { Platform = "code4rena", Contest = "7" });
        Assert.Equal(2, run.Findings.Count);
        Assert.Empty(run.Duplicates);
        FindingDuplicate similar = Assert.Single(run.Similar);
        Assert.Equal(("near-cross", true, "sherlock", "c"), (similar.Method, similar.CrossPlatform, similar.CanonicalPlatform, similar.CanonicalContest));
        Assert.Equal((FindingId.Of("code4rena", "7", "b"), FindingId.Of("sherlock", "c", "a")), (similar.Id, similar.CanonicalId));
        Assert.Equal(1, similar.Similarity);
        Assert.NotEmpty(similar.Reasons);
    }

    [Fact]
    public void TextThatChanges_ShouldBeWithdrawnFromThoseItResembled()
    {
        using FindingsRun run = WithModel();
        run.Pipe(Raw("a"), Raw("b") with { Contest = "d" });
        Assert.Single(run.Similar);
        run.Pipe(Raw("b") with { Contest = "d", Title = "An event is missing", Body = "The function that sets the treasury emits no event, so indexers and wallets cannot follow it; emit one whenever it is set." });
        Assert.Equal(2, run.Similar.Count);
        Assert.True(run.Similar[^1].Withdrawn);
        Assert.Equal(FindingId.Of("sherlock", "c", "a"), run.Similar[^1].CanonicalId);
    }

    [Fact]
    public void OtherTexts_ShouldNotBeTold()
    {
        using FindingsRun run = WithModel();
        run.Pipe(SampleFindings.Grouped(1, 1).Select((sample, i) => FindingsRun.Raw($"{i}", sample.Finding.Title, sample.Finding.Body, contest: $"c{i}")));
        Assert.Empty(run.Similar);
    }

    [Fact]
    public void WhatVeryManyShare_ShouldCostNoMoreThanWhatFewDo()
    {
        using FindingsRun run = WithModel();
        run.Pipe(Enumerable.Range(0, 300).Select(i => Raw($"{i}") with { Contest = $"c{i}" }));
        Assert.Equal(300, run.Findings.Count);
        Assert.InRange(run.Similar.Count, 299, 300 * 5);
    }

    private static RawFinding Raw(string id) => FindingsRun.Raw(id, Text.Title, Text.Body);

    private FindingsRun WithModel()
    {
        var run = new FindingsRun(registry.Serdes);
        run.Publish(SampleModel.One);
        return run;
    }
}
