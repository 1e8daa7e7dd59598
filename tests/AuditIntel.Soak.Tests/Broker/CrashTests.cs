using System.Diagnostics;
using AuditIntel.Kafka;
using AuditIntel.Processes;
using Xunit.Abstractions;

namespace AuditIntel.Soak.Tests.Broker;

/// <summary>
/// The broker's process is killed with SIGKILL and started again, over and over, while an idempotent producer writes numbered records, an
/// exactly-once loop copies them, and a group reads and commits. Everything that was acknowledged must be there, once, in order.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Partitions = 4;
    private const int RecordsARound = 3_000;
    private const int CommitsARound = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-soak-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Broker_ShouldKeepEveryAcknowledgedRecordOnce_WhenItIsKilledUnderLoad()
    {
        int rounds = SoakSettings.Rounds(whole: 100, shortened: 5);
        await using var broker = new BrokerProcess(_folder);
        await broker.StartAsync(CancellationToken.None);
        KafkaOptions kafka = SoakClients.On(broker.BootstrapServers);
        using var admin = new TopicAdmin(kafka);
        await admin.EnsureTopicsAsync([new TopicSpec("input", Partitions), new TopicSpec("output", Partitions)]);

        var random = new Random(20261121);
        List<TimeSpan> restarts = [];
        using var stop = new CancellationTokenSource();
        await using var writer = NumberWriter.Start(kafka, "input", Partitions);
        await using var copier = ExactlyOnceCopier.Start(kafka, "input", "output");
        await using var reader = CommittingReader.Start(kafka, "input");
        for (int round = 0; round < rounds; round++)
        {
            await ProgressAsync(writer, copier, reader);
            await Task.Delay(random.Next(200));
            await broker.KillAsync();
            IReadOnlyList<PartitionOffset> acknowledged = writer.Acknowledged();
            IReadOnlyList<PartitionOffset> committed = reader.Committed();
            restarts.Add(await broker.StartAsync(CancellationToken.None));

            await AssertKeptAsync(admin, acknowledged, committed, reader.Group);
        }

        await writer.FinishAsync(Timeout);
        await copier.FinishAsync(admin, await EndsAsync(admin, "input"), Timeout);
        await reader.FinishAsync(Timeout);

        SoakClients.AssertNumbers(kafka, "input", Partitions, writer.Count);
        SoakClients.AssertNumbers(kafka, "output", Partitions, writer.Count);

        var report = new SoakReport("broker-crashes");
        report.Add($"kill -9 and restart: {rounds} rounds under load, nothing acknowledged lost, nothing doubled for read_committed, groups resumed");
        report.Add($"records acknowledged and copied exactly once: {writer.Count:N0}");
        report.Add($"transactions committed: {copier.Commits:N0}; begun anew after a failure: {copier.Restarts:N0}");
        report.Add($"group commits: {reader.Commits:N0}");
        report.Add("start to first connection after the kill", restarts);
        output.WriteLine(File.ReadAllText(report.Save()));
    }

    private static async Task ProgressAsync(NumberWriter writer, ExactlyOnceCopier copier, CommittingReader reader)
    {
        (long records, long copies, long commits) = (writer.AcknowledgedCount, copier.Commits, reader.Commits);
        long begin = Stopwatch.GetTimestamp();
        while (writer.AcknowledgedCount < records + RecordsARound || copier.Commits < copies + CommitsARound || reader.Commits < commits + CommitsARound)
        {
            writer.ThrowIfFailed();
            copier.ThrowIfFailed();
            reader.ThrowIfFailed();
            Assert.True(
                Stopwatch.GetElapsedTime(begin) < Timeout,
                $"No progress in {Timeout}: {writer.AcknowledgedCount - records} records, {copier.Commits - copies} transactions, {reader.Commits - commits} commits since the start.");
            await Task.Delay(5);
        }
    }

    private static async Task AssertKeptAsync(
        TopicAdmin admin, IReadOnlyList<PartitionOffset> acknowledged, IReadOnlyList<PartitionOffset> committed, string group)
    {
        Dictionary<PartitionId, long> ends = await EndsAsync(admin, "input");
        Assert.All(acknowledged, each => Assert.True(ends[each.Partition] > each.Offset, $"{each.Partition} ends at {ends[each.Partition]}; {each.Offset} was acknowledged."));
        Dictionary<PartitionId, long> kept = (await admin.CommittedAsync(group, [.. committed.Select(each => each.Partition)]))
            .ToDictionary(each => each.Partition, each => each.Offset);
        Assert.All(committed, each => Assert.True(kept[each.Partition] >= each.Offset, $"{each.Partition} stands at {kept[each.Partition]}; {each.Offset} was committed."));
    }

    private static async Task<Dictionary<PartitionId, long>> EndsAsync(TopicAdmin admin, string topic) =>
        (await admin.OffsetsAsync([topic])).ToDictionary(range => range.Partition, range => range.End);
}
