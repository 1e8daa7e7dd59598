using System.Diagnostics;
using AuditIntel.Kafka;

namespace AuditIntel.Streaming.Tests.Runtime;

/// <summary>The runtime on the embedded broker.</summary>
public sealed class RuntimeTests : IAsyncLifetime
{
    private CountingCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await CountingCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Counts_ShouldGoOnFromTheirChangelog_WhenTheInstanceStartsAgain()
    {
        _cluster.Send(0, 2000);
        await using (KafkaStreams first = await _cluster.RunAsync())
        {
            await _cluster.UntilCommittedAsync(2000);
        }

        _cluster.Send(2000, 1000);
        await using KafkaStreams second = await _cluster.RunAsync();
        await _cluster.UntilCommittedAsync(3000);
        await second.StopAsync();
        Assert.Equal(StreamsState.NotRunning, second.State);
        Dictionary<string, long> counts = _cluster.ReadCounts();
        Assert.Equal(50, counts.Count);
        Assert.All(counts.Values, count => Assert.Equal(60, count));
    }

    [Fact]
    public async Task TwoInstances_ShouldShareTheWorkWithoutLoss()
    {
        await _cluster.RunAsync();
        _cluster.Send(0, 1000);
        await using (KafkaStreams second = await _cluster.RunAsync())
        {
            _cluster.Send(1000, 1000);
            await _cluster.UntilCommittedAsync(2000);
        }

        _cluster.Send(2000, 1000);
        await _cluster.UntilCommittedAsync(3000);
        Assert.All(_cluster.ReadCounts().Values, count => Assert.True(count >= 60, $"A key was counted {count} times only."));
    }

    [Fact]
    public async Task PoisonRecord_ShouldBeSetAside_AndTheRestGoOn()
    {
        await _cluster.RunAsync(options => options with
        {
            OnError = error => ErrorResponse.DeadLetter(_cluster.DeadLetters, error.Key, error.Value, []),
        });
        _cluster.SendRaw(_cluster.In, 0, [0xFF, 0xFE], "poison"u8);
        _cluster.Send(0, 100);
        await _cluster.UntilCommittedAsync(101);
        using var admin = new TopicAdmin(_cluster.Kafka);
        Assert.Equal(1, Assert.Single(await admin.OffsetsAsync([_cluster.DeadLetters])).End);
    }

    [Fact]
    public async Task Failure_ShouldStopTheInstanceLoudly_WhenNobodyHandlesIt()
    {
        KafkaStreams streams = await _cluster.RunAsync();
        _cluster.SendRaw(_cluster.In, 2, [0xFF, 0xFE], "poison"u8);
        StreamsException error = await Assert.ThrowsAsync<StreamsException>(() => streams.Completion.WaitAsync(CountingCluster.Patience));
        Assert.Contains(_cluster.In + "[2] offset 0", error.Message);
        Assert.Equal(StreamsState.Error, streams.State);
    }

    [Fact]
    public async Task FailedThread_ShouldBeReplaced_WhenTheOptionsSaySo()
    {
        int failures = 0;
        KafkaStreams streams = await _cluster.RunAsync(options => options with
        {
            OnThreadFailure = ThreadFailureResponse.ReplaceThread,
            OnError = _ => Interlocked.Increment(ref failures) == 1 ? ErrorResponse.Fail : ErrorResponse.Continue,
        });
        _cluster.SendRaw(_cluster.In, 2, [0xFF, 0xFE], "poison"u8);
        _cluster.Send(0, 100);
        await _cluster.UntilCommittedAsync(101);
        Assert.Equal(2, failures);
        Assert.False(streams.Completion.IsCompleted);
    }

    [Fact]
    public async Task TooLargeOutput_ShouldGoToTheHandler_AndTheRestGoOn()
    {
        ErrorContext? seen = null;
        var builder = new StreamsBuilder();
        builder.Stream(_cluster.In, new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .MapValues((_, value) => value == "huge" ? new string('x', 20_000_000) : value!)
            .To(_cluster.Out, new Produced<string, string>(Serdes.Utf8, Serdes.Utf8));
        await _cluster.RunAsync(
            options => options with
            {
                Guarantee = ProcessingGuarantee.ExactlyOnce,
                OnError = error =>
                {
                    seen = error;
                    return ErrorResponse.DeadLetter(_cluster.DeadLetters, error.Key, null, []);
                },
            },
            builder.Build());
        _cluster.SendRaw(_cluster.In, 1, "k"u8, "huge"u8);
        _cluster.Send(0, 100);
        await _cluster.UntilCommittedAsync(101);
        Assert.Equal((ErrorStage.Produce, _cluster.Out), (seen!.Stage, seen.Topic));
        using var admin = new TopicAdmin(_cluster.Kafka);
        Assert.True(Assert.Single(await admin.OffsetsAsync([_cluster.DeadLetters])).End >= 1);
    }

    [Fact]
    public async Task Threads_ShouldComeAndGo_AndTheTasksMoveWithThem()
    {
        KafkaStreams streams = await _cluster.RunAsync(options => options with { Guarantee = ProcessingGuarantee.ExactlyOnce });
        _cluster.Send(0, 1000);
        await CountingCluster.UntilAsync(() => streams.State == StreamsState.Running, "The instance did not come to run.");
        streams.AddStreamThread();
        Assert.Equal(2, streams.ThreadCount);
        _cluster.Send(1000, 1000);
        await CountingCluster.UntilAsync(() => streams.TasksByThread().Count(thread => thread.Value.Count == 2) == 2, "The tasks were not shared.");
        Assert.True(await streams.RemoveStreamThreadAsync());
        _cluster.Send(2000, 1000);
        await CountingCluster.UntilAsync(() => _cluster.ReadOutput().Count == 3000, "Not all records were counted.");
        Assert.False(await streams.RemoveStreamThreadAsync());
        Assert.All(_cluster.ReadCounts().Values, count => Assert.Equal(60, count));
    }

    [Fact]
    public async Task MissingTopic_ShouldBeNamedBeforeAnythingStarts()
    {
        var builder = new StreamsBuilder();
        builder.Stream("absent", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8));
        StreamsException error = await Assert.ThrowsAsync<StreamsException>(() => _cluster.RunAsync(topology: builder.Build()));
        Assert.Contains("absent", error.Message);
    }

    [Fact]
    public async Task IdleInstance_ShouldUseHardlyAnyProcessor()
    {
        await _cluster.RunAsync();
        _cluster.Send(0, 10);
        await _cluster.UntilCommittedAsync(10);
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(2));
        self.Refresh();
        Assert.InRange((self.TotalProcessorTime - before).TotalSeconds, 0, 1);
    }
}
