using AuditIntel.Kafka;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Tests.Runtime;

/// <summary>Results of read-committed readers, whatever happens in between.</summary>
public sealed class ExactlyOnceTests : IAsyncLifetime
{
    private CountingCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await CountingCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Result_ShouldBeSeenOnce_WhenAThreadDiesBetweenTwoCommits()
    {
        int seen = 0;
        var topology = new StreamsBuilder();
        topology.AddStateStore(Stores.KeyValue("counts", Serdes.Utf8, Serdes.Int64));
        topology.Stream(_cluster.In, new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .Process(() => new Counter(), "count", "counts")
            .Peek((_, _) =>
            {
                if (Interlocked.Increment(ref seen) is 700 or 1700)
                {
                    throw new InvalidOperationException("Out of luck.");
                }
            })
            .To(_cluster.Out, new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        await _cluster.RunAsync(
            options => Exactly(options) with { OnThreadFailure = ThreadFailureResponse.ReplaceThread, CommitInterval = TimeSpan.FromMilliseconds(20) },
            topology.Build());
        _cluster.Send(0, 3000);
        await CountingCluster.UntilAsync(() => _cluster.ReadOutput().Count >= 3000, "Not all results came.");
        AssertEachCountOnce(3000);
        Assert.True(seen > 3000, "Nothing was done twice, so nothing was shown.");
    }

    [Fact]
    public async Task Result_ShouldBeSeenOnce_WhenTheBrokerAbortsTransactionsOfAThreadThatStalls_WhileMoreWaits()
    {
        const int records = 40_000;
        int seen = 0;
        int recoveries = 0;
        var topology = new StreamsBuilder();
        topology.AddStateStore(Stores.KeyValue("counts", Serdes.Utf8, Serdes.Int64));
        topology.Stream(_cluster.In, new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .Process(() => new Counter(), "count", "counts")
            .Peek((_, _) =>
            {
                if (++seen is 3_000 or 12_000 or 12_500 or 30_000)
                {
                    // As long as a machine that was suspended.
                    Thread.Sleep(TimeSpan.FromSeconds(2.5));
                }
            })
            .To(_cluster.Out, new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        _cluster.Send(0, records);
        await _cluster.RunAsync(
            options => Exactly(options) with
            {
                CommitInterval = TimeSpan.FromMilliseconds(20),
                TransactionTimeout = TimeSpan.FromSeconds(1),
                OnWarning = text => recoveries += text.Contains("is done again", StringComparison.Ordinal) ? 1 : 0,
            },
            topology.Build());
        await CountingCluster.UntilAsync(() => _cluster.ReadOutput().Count >= records, "Not all results came.");
        AssertEachCountOnce(records);
        Assert.True(recoveries > 1, "Nothing was aborted, so nothing was shown.");
    }

    [Fact]
    public async Task Restart_ShouldGoOnWhereTheLastCommitWas()
    {
        _cluster.Send(0, 1000);
        await using (KafkaStreams first = await _cluster.RunAsync(Exactly))
        {
            await CountingCluster.UntilAsync(() => _cluster.ReadOutput().Count >= 500, "Nothing came.");
        }

        _cluster.Send(1000, 1000);
        await _cluster.RunAsync(Exactly);
        await CountingCluster.UntilAsync(() => _cluster.ReadOutput().Count >= 2000, "Not all results came.");
        AssertEachCountOnce(2000);
    }

    [Fact]
    [Trait("Broker", "embedded")]
    public async Task BrokerRestart_ShouldNotShowInTheResults()
    {
        await _cluster.RunAsync(Exactly);
        _cluster.Send(0, 1000);
        await CountingCluster.UntilAsync(() => _cluster.ReadOutput().Count >= 200, "Nothing came.");
        await _cluster.RestartBrokerAsync();
        _cluster.Send(1000, 1000);
        await CountingCluster.UntilAsync(() => _cluster.ReadOutput().Count >= 2000, "Not all results came.");
        AssertEachCountOnce(2000);
    }

    [Fact]
    public async Task Successor_ShouldFenceAnInstanceOfTheSameName()
    {
        var warnings = new List<string>();
        await _cluster.RunAsync(options => Exactly(options) with { ApplicationId = _cluster.ApplicationId + "-one", InstanceId = "same", OnWarning = Warn });
        _cluster.Send(0, 1000);
        await CountingCluster.UntilAsync(() => _cluster.ReadOutput().Count >= 1000, "Nothing came.");
        KafkaStreams successor = await _cluster.RunAsync(options => Exactly(options) with { ApplicationId = _cluster.ApplicationId + "-one", InstanceId = "same", OnWarning = Warn });
        await CountingCluster.UntilAsync(() => successor.State == StreamsState.Running, "The successor does not run.");
        _cluster.Send(1000, 1000);
        await CountingCluster.UntilAsync(() => _cluster.ReadOutput().Count >= 2000, "Not all results came.");
        AssertEachCountOnce(2000);

        void Warn(string text)
        {
            lock (warnings)
            {
                warnings.Add(text);
            }
        }
    }

    [Fact]
    public async Task CommittedOffset_ShouldStandBehindTheMarkers_SoThatNothingSeemsToBeLeft()
    {
        await _cluster.RunAsync(Exactly);
        using (BatchProducer producer = BatchProducer.Create(_cluster.Kafka, new BatchProducerOptions { TransactionalId = "source" }))
        {
            producer.InitTransactions(CountingCluster.Patience);
            producer.BeginTransaction();
            producer.Produce(producer.Topic(_cluster.In), 0, "k1"u8, "x"u8);
            producer.CommitTransaction(CountingCluster.Patience);
        }

        using var admin = new TopicAdmin(_cluster.Kafka);
        await CountingCluster.UntilAsync(
            async () => (await admin.CommittedAsync(_cluster.ApplicationId, [new PartitionId(_cluster.In, 0)]))[0].Offset == 2,
            "The marker at offset 1 was not passed.");
    }

    private static StreamsOptions Exactly(StreamsOptions options) => options with { Guarantee = ProcessingGuarantee.ExactlyOnce };

    /// <summary>Every key was counted 1, 2, 3 ... without a gap and without a repetition.</summary>
    private void AssertEachCountOnce(int records)
    {
        foreach (IGrouping<string, (string Key, long Count)> key in _cluster.ReadOutput().GroupBy(record => record.Key))
        {
            Assert.Equal(Enumerable.Range(1, records / CountingCluster.Keys).Select(i => (long)i), key.Select(record => record.Count));
        }
    }
}
