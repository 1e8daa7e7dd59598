using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;
using AuditIntel.Streaming.Testing;

namespace AuditIntel.Streaming.Tests.State;

/// <summary>Caches between commits, which the driver does not show: it commits after each record.</summary>
public sealed class CachingTests
{
    private readonly MemoryCollector _output = new();

    [Fact]
    public void CachedCount_ShouldGoDownstreamOnceAKeyAndCommit()
    {
        StreamTask task = Count(new CacheBudget(1024 * 1024));
        Feed(task, 3);
        Assert.Empty(_output.Take("out"));
        task.PrepareCommit();
        Assert.Equal([3L], _output.Take("out").Select(record => Serdes.Int64.Deserialize("out", record.Value)));
        Assert.Single(_output.Take("app-counts-changelog"));
        task.PrepareCommit();
        Assert.Empty(_output.Take("out"));
    }

    [Fact]
    public void UncachedCount_ShouldGoDownstreamAtEveryRecord_AndToTheChangelogOnceACommit()
    {
        StreamTask task = Count(CacheBudget.Disabled);
        Feed(task, 3);
        Assert.Equal([1L, 2, 3], _output.Take("out").Select(record => Serdes.Int64.Deserialize("out", record.Value)));
        task.PrepareCommit();
        Assert.Single(_output.Take("app-counts-changelog"));
    }

    [Fact]
    public void Cache_ShouldBeFlushed_WhenItIsOverItsBound()
    {
        StreamTask task = Count(new CacheBudget(200));
        for (int i = 0; i < 100; i++)
        {
            Feed(task, 1, $"key{i}");
        }

        Assert.InRange(_output.Take("out").Count, 90, 100);
    }

    [Fact]
    public void CachedTable_ShouldGiveTheValueBeforeTheFirstChange()
    {
        var builder = new StreamsBuilder();
        builder.Table("in", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .GroupBy((key, value) => (value, key), new Grouped<string, string> { Key = Serdes.Utf8, Value = Serdes.Utf8, Name = "by-value" })
            .Count();
        StreamTask task = Task(builder, new CacheBudget(1024 * 1024));
        Feed(task, 1, "k", "a");
        task.PrepareCommit();
        _output.Take("app-by-value-repartition");
        Feed(task, 1, "k", "b");
        Feed(task, 1, "k", "c");
        task.PrepareCommit();
        var serde = new ChangeSerde<string>(Serdes.Utf8);
        Assert.Equal(
            [("a", false, true), ("c", true, false)],
            _output.Take("app-by-value-repartition").Select(record =>
            {
                Change<string> change = serde.Deserialize("", record.Value);
                return (Serdes.Utf8.Deserialize("", record.Key), change.HasNew, change.HasOld);
            }));
    }

    private StreamTask Count(CacheBudget cache)
    {
        var builder = new StreamsBuilder();
        builder.Stream("in", new Consumed<string, string>(Serdes.Utf8, Serdes.Utf8))
            .GroupByKey()
            .Count(Materialized.As<string, long>("counts"))
            .ToStream()
            .To("out", new Produced<string, long>(Serdes.Utf8, Serdes.Int64));
        return Task(builder, cache);
    }

    private StreamTask Task(StreamsBuilder builder, CacheBudget cache)
    {
        SubTopology part = builder.Build().Parts[0];
        return new StreamTask(new TaskId(0, 0), part, part.TopicsFor("app"), new TaskServices
        {
            ApplicationId = "app",
            Collector = _output,
            OnError = _ => ErrorResponse.Fail,
            Cache = cache,
        })
        {
            IsRunning = true,
        };
    }

    private static void Feed(StreamTask task, int count, string key = "k", string value = "v")
    {
        for (int i = 0; i < count; i++)
        {
            task.Accept(task.Input("in"), new RawRecord
            {
                Topic = "in",
                Partition = 0,
                Offset = i,
                TimestampMs = 1,
                IsKeyNull = false,
                Key = System.Text.Encoding.UTF8.GetBytes(key),
                IsValueNull = false,
                Value = System.Text.Encoding.UTF8.GetBytes(value),
                Headers = [],
            });
        }
    }
}
