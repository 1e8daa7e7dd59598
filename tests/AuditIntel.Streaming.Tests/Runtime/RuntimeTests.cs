using System.Diagnostics;
using AuditIntel.Kafka;
using AuditIntel.Streaming.State;

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
    public async Task FullProducerQueue_ShouldSlowTheStream_AndNotEndIt()
    {
        KafkaStreams streams = await _cluster.RunAsync(options => options with
        {
            Kafka = options.Kafka with { Properties = new Dictionary<string, string> { ["queue.buffering.max.messages"] = "20" } },
            Guarantee = ProcessingGuarantee.ExactlyOnce,
        });
        _cluster.Send(0, 3000);
        await CountingCluster.UntilAsync(() => _cluster.ReadOutput().Count >= 3000, "Not all results came.");
        Assert.Equal(StreamsState.Running, streams.State);
        Assert.Equal(3000, _cluster.ReadOutput().Count);
    }

    [Fact]
    public async Task LongRestore_ShouldNotCostTheGroup()
    {
        _cluster.Send(0, 4000);
        await using (await _cluster.RunAsync(topology: Remembering(TimeSpan.Zero)))
        {
            await _cluster.UntilCommittedAsync(4000);
        }

        // Restoring takes more than twice as long as the group lets a member go without a poll.
        KafkaStreams streams = await _cluster.RunAsync(
            options => options with
            {
                Kafka = options.Kafka with { Properties = new Dictionary<string, string> { ["max.poll.interval.ms"] = "2000", ["session.timeout.ms"] = "2000", ["heartbeat.interval.ms"] = "300" } },
            },
            Remembering(TimeSpan.FromMilliseconds(1)));
        int runs = 0;
        streams.StateChanged += (_, to) => runs += to == StreamsState.Running ? 1 : 0;
        await CountingCluster.UntilAsync(() => streams.State == StreamsState.Running, "The instance did not come to run.");
        _cluster.Send(4000, 100);
        await _cluster.UntilCommittedAsync(4100);
        Assert.Equal(1, runs);
        Assert.Equal(4100, streams.KeyValueStore<string, long>("offsets").Count);
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

    /// <summary>Keeps every record's place in a store whose values take their time to be read.</summary>
    private Topology Remembering(TimeSpan pause)
    {
        var builder = new StreamsBuilder();
        builder.AddStateStore(Stores.KeyValue("offsets", Serdes.Utf8, new SlowSerde(pause)));
        builder.Stream(_cluster.In, new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8)).Process(() => new Rememberer(), "remember", "offsets");
        return builder.Build();
    }

    private sealed class Rememberer : IProcessor<string, string, string, string>
    {
        private IProcessorContext<string, string> _context = null!;
        private IKeyValueStore<string, long> _offsets = null!;

        public void Init(IProcessorContext<string, string> context)
        {
            _context = context;
            _offsets = context.GetStateStore<string, long>("offsets");
        }

        public void Process(in Record<string, string> record) => _offsets.Put($"{_context.Metadata.Partition}-{_context.Metadata.Offset}", 1);
    }

    private sealed class SlowSerde(TimeSpan pause) : ISerde<long>
    {
        public void Serialize(string topic, long value, System.Buffers.IBufferWriter<byte> output) => Serdes.Int64.Serialize(topic, value, output);

        public long Deserialize(string topic, ReadOnlySpan<byte> data)
        {
            Thread.Sleep(pause);
            return Serdes.Int64.Deserialize(topic, data);
        }
    }
}
