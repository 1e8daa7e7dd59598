using System.Collections.Concurrent;
using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.Runtime.Standby;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Tests.Runtime;

/// <summary>Local copies of stores, their standbys, and queries from outside.</summary>
public sealed class StateTests : IAsyncLifetime
{
    private readonly ConcurrentBag<RestoreProgress> _restored = [];
    private CountingCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await CountingCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Restart_ShouldRestoreOnlyWhatTheLocalCopyLacks()
    {
        _cluster.Send(0, 2000);
        await using (await _cluster.RunAsync(options => With(options, "state")))
        {
            await _cluster.UntilCommittedAsync(2000);
        }

        await using (await _cluster.RunAsync(options => With(options, "elsewhere")))
        {
            _cluster.Send(2000, 100);
            await _cluster.UntilCommittedAsync(2100);
        }

        _restored.Clear();
        KafkaStreams streams = await _cluster.RunAsync(options => With(options, "state"));
        await CountingCluster.UntilAsync(() => streams.State == StreamsState.Running, "The instance did not come to run.");
        RestoreProgress[] done = [.. _restored.Where(progress => progress.IsDone).DistinctBy(progress => progress.Task)];
        Assert.Equal(CountingCluster.Partitions, done.Length);
        Assert.All(done, progress => Assert.True(progress.BeginOffset > 0, $"{progress} did not begin behind the local copy."));
        Assert.All(done, progress => Assert.InRange(progress.EndOffset - progress.BeginOffset, 1, 100 + 20));
        Assert.Equal(Enumerable.Repeat(42L, CountingCluster.Keys), streams.KeyValueStore<string, long>("counts").All().Select(pair => pair.Value));
    }

    [Fact]
    public async Task Successor_ShouldTakeOverFromItsStandbyCopy()
    {
        KafkaStreams first = await _cluster.RunAsync(options => With(options, "first") with { StandbyReplicas = 1 });
        await CountingCluster.UntilAsync(() => first.State == StreamsState.Running, "The first instance did not come to run.");
        _cluster.Send(0, 2000);
        await _cluster.UntilCommittedAsync(2000);
        KafkaStreams second = await _cluster.RunAsync(options => With(options, "second") with { StandbyReplicas = 1 });
        await CountingCluster.UntilAsync(() => second.TasksByThread().Values.Sum(tasks => tasks.Count) == 2, "The tasks were not shared.");
        _cluster.Send(2000, 1000);
        await _cluster.UntilCommittedAsync(3000);
        await CountingCluster.UntilAsync(() => CopiesOf("second").Count == CountingCluster.Partitions, "The second instance keeps no copies of the other tasks.");
        await Task.Delay(1000);

        _restored.Clear();
        await first.StopAsync();
        await CountingCluster.UntilAsync(() => second.TasksByThread().Values.Sum(tasks => tasks.Count) == CountingCluster.Partitions, "The second did not take over.");
        RestoreProgress[] taken = [.. _restored.Where(progress => progress.IsDone).DistinctBy(progress => progress.Task)];
        Assert.Equal(2, taken.Length);
        Assert.All(taken, progress => Assert.True(progress.BeginOffset > 0, $"{progress} was restored from the beginning."));
        Assert.Equal(Enumerable.Repeat(60L, CountingCluster.Keys), second.KeyValueStore<string, long>("counts").All().Select(pair => pair.Value));
    }

    [Fact]
    public async Task TasksThatStay_ShouldNotBeRestored_WhenOthersMove()
    {
        KafkaStreams first = await _cluster.RunAsync(options => With(options, "first"));
        _cluster.Send(0, 1000);
        await _cluster.UntilCommittedAsync(1000);
        _restored.Clear();
        KafkaStreams second = await _cluster.RunAsync(options => With(options, "second") with { OnRestore = null });
        await CountingCluster.UntilAsync(() => second.TasksByThread().Values.Sum(tasks => tasks.Count) == 2, "The tasks were not shared.");
        _cluster.Send(1000, 1000);
        await _cluster.UntilCommittedAsync(2000);
        Assert.Equal(2, first.TasksByThread().Values.Sum(tasks => tasks.Count));
        Assert.Empty(_restored);
        Assert.All(_cluster.ReadCounts().Values, count => Assert.Equal(40, count));
    }

    [Fact]
    public async Task Query_ShouldSeeTheStoresOfAllTasks_OrSayWhyNot()
    {
        KafkaStreams streams = await _cluster.RunAsync(options => options with { StreamThreads = 2 });
        IReadOnlyKeyValueStore<string, long> counts = streams.KeyValueStore<string, long>("counts");
        _cluster.Send(0, 500);
        await _cluster.UntilCommittedAsync(500);
        Assert.Equal(CountingCluster.Keys, counts.Count);
        Assert.True(counts.TryGet("k7", out long count));
        Assert.Equal(10, count);
        Assert.False(counts.TryGet("absent", out _));
        StreamsException error = Assert.Throws<StreamsException>(() => streams.KeyValueStore<string, long>("absent").Count);
        Assert.Contains("'absent'", error.Message);
        await streams.StopAsync();
        Assert.Throws<StreamsException>(() => counts.Count);
    }

    [Fact]
    public async Task StateDirectory_ShouldBelongToOneInstance()
    {
        await _cluster.RunAsync(options => With(options, "state"));
        StreamsException error = await Assert.ThrowsAsync<StreamsException>(() => _cluster.RunAsync(options => With(options, "state")));
        Assert.Contains("is used by another instance", error.Message);
    }

    [Fact]
    public void Placement_ShouldBeTheSameEverywhere_SpareTheOwner_AndMoveLittle()
    {
        string[] processes = [.. Enumerable.Range(0, 5).Select(number => $"process-{number}")];
        TaskId[] tasks = [.. Enumerable.Range(0, 200).Select(partition => new TaskId(0, partition))];
        Assert.All(tasks, task =>
        {
            IReadOnlyList<string> chosen = StandbyPlacement.Of(task, "process-1", processes, 2);
            Assert.Equal(chosen, StandbyPlacement.Of(task, "process-1", [.. processes.Reverse()], 2));
            Assert.Equal(2, chosen.Distinct().Count());
            Assert.DoesNotContain("process-1", chosen);
        });
        int moved = tasks.Count(task => StandbyPlacement.Of(task, null, processes, 1)[0] != StandbyPlacement.Of(task, null, processes[..4], 1)[0]);
        Assert.InRange(moved, 20, 70);
    }

    private StreamsOptions With(StreamsOptions options, string folder) => options with
    {
        StateDirectory = Path.Combine(_cluster.Folder, folder),
        Guarantee = ProcessingGuarantee.ExactlyOnce,
        OnRestore = _restored.Add,
    };

    private List<string> CopiesOf(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(_cluster.Folder, folder), "*.checkpoint", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 100)];
}
