using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Tests.Findings;

namespace AuditIntel.Topologies.Tests.Findings;

public sealed class RestartOnABrokerTests
{
    [Fact]
    public async Task Topologies_ShouldGoOnAsIfNothingHadHappened_WhenTheyAreStartedAgainWithoutAnyFile()
    {
        RawFinding[] findings =
        [
            .. SampleFindings.Grouped(1, 4).Select(sample => sample.Finding).Select((FindingText text, int i) =>
                FindingsRun.Raw($"f{i:00}", text.Title, text.Body) with { PublishedAt = FindingsRun.Now.AddDays(-i) }),
        ];
        await using FindingsCluster cluster = await FindingsCluster.StartAsync();
        using var reference = new FindingsRun(cluster.Serdes);
        reference.Publish(SampleModel.One);
        reference.Pipe(findings);

        cluster.Send(Topics.Models.Name, cluster.Serdes.Model, [(SampleModel.One.Id, SampleModel.One)]);
        await cluster.RunAsync();
        Send(cluster, findings[..9]);
        await cluster.UntilAsync(Topics.FindingDuplicates.Name, cluster.Serdes.Duplicate, duplicates => duplicates.Count >= 3);
        await cluster.StopAsync();
        Send(cluster, findings[9..]);
        await cluster.RunAsync();

        List<(string Key, FindingDuplicate? Value)> duplicates = await cluster.UntilAsync(
            Topics.FindingDuplicates.Name, cluster.Serdes.Duplicate, duplicates => duplicates.Count >= reference.Duplicates.Count);
        Assert.Equal(reference.Duplicates, duplicates.Select(record => record.Value!));
        Assert.Equal(reference.Findings, cluster.Read(Topics.Findings.Name, cluster.Serdes.Finding).Select(record => record.Value!));
        Assert.Equal(6, reference.Findings.Count);

        // The first six tellings stand for all, so the days of the others have nothing.
        List<(string Key, FindingTrend? Value)> trends = await cluster.UntilAsync(
            Topics.Trends.Name, cluster.Trends.Trend, trends => Table(trends).GetValueOrDefault("all/all/7/2025-12-27") is { Count: 6 });
        Assert.Equal(6, Table(trends)["platform/sherlock/30/2025-12-04"].Count);
    }

    private static void Send(FindingsCluster cluster, IEnumerable<RawFinding> findings) =>
        cluster.Send(Topics.RawFindings.Name, cluster.Serdes.Raw, findings.Select(finding => (ContestKey.Of(finding.Platform, finding.Contest), finding)));

    private static Dictionary<string, FindingTrend> Table(List<(string Key, FindingTrend? Value)> records)
    {
        var table = new Dictionary<string, FindingTrend>();
        foreach ((string key, FindingTrend? trend) in records)
        {
            table.Remove(key);
            if (trend is not null)
            {
                table.Add(key, trend);
            }
        }

        return table;
    }
}
