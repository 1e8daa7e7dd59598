using System.Buffers.Binary;
using System.Diagnostics;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;
using Xunit.Abstractions;

namespace AuditIntel.Streaming.Tests.Nodes;

/// <summary>What operators and stores allocate for a record, beside what serdes and user functions do: keys and values here are numbers.</summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Records = 200_000;
    private const int Keys = 1_000;
    private const int MostRounds = 50;

    private static readonly Consumed<long, long> Numbers = new(Serdes.Int64, Serdes.Int64);
    private static readonly Produced<long, long> ToNumbers = new(Serdes.Int64, Serdes.Int64);

    [Fact]
    public void StatelessChain_ShouldAllocateNothing() => Measure(builder => builder.Stream("in", Numbers)
        .Filter((key, _) => key >= 0)
        .MapValues((_, value) => value + 1)
        .SelectKey((key, _) => key)
        .To("out", ToNumbers));

    [Fact]
    public void Count_ShouldAllocateNothing_ForKeysThatAreThere() =>
        Measure(builder => builder.Stream("in", Numbers).GroupByKey().Count().ToStream().To("out", ToNumbers));

    [Fact]
    public void WindowedCount_ShouldAllocateNothing_ForWindowsThatAreThere() => Measure(builder => builder.Stream("in", Numbers)
        .GroupByKey()
        .WindowedBy(TimeWindows.OfSizeWithNoGrace(TimeSpan.FromDays(1)))
        .Count()
        .ToStream((window, _) => window.Key)
        .To("out", ToNumbers));

    [Fact]
    public void TableJoins_ShouldAllocateNothing_ForKeysThatAreThere() => Measure(builder =>
    {
        KStream<long, long> stream = builder.Stream("in", Numbers);
        stream.LeftJoin(stream.GroupByKey().Count(), (_, value, count) => value + count).To("out", ToNumbers);
    });

    private void Measure(Action<StreamsBuilder> build)
    {
        foreach (CacheBudget cache in new[] { CacheBudget.Disabled, new CacheBudget(64 * 1024 * 1024) })
        {
            var builder = new StreamsBuilder();
            build(builder);
            SubTopology part = builder.Build().Parts[0];
            var task = new StreamTask(new TaskId(0, 0), part, part.TopicsFor("app"), new TaskServices
            {
                ApplicationId = "app",
                Collector = new NullCollector(),
                OnError = _ => ErrorResponse.Fail,
                Cache = cache,
            })
            {
                IsRunning = true,
            };

            // Code that is not optimised yet boxes where optimised code does not: the runtime gets some rounds for it.
            double bytes = double.MaxValue;
            for (int round = 0; round < MostRounds && bytes > 1; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                long begin = Stopwatch.GetTimestamp();
                Feed(task);
                double nanoseconds = Stopwatch.GetElapsedTime(begin).TotalNanoseconds / Records;
                bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Records;
                output.WriteLine($"{(cache.IsEnabled ? "cached" : "uncached")}, round {round}: {nanoseconds:0} ns and {bytes:0.00} bytes a record");
            }

            Assert.InRange(bytes, 0, 1);
        }
    }

    /// <summary>Records of all keys in turn, with a commit after every tenth of them.</summary>
    private static void Feed(StreamTask task)
    {
        TaskInput input = task.Input("in");
        Span<byte> key = stackalloc byte[sizeof(long)];
        Span<byte> value = stackalloc byte[sizeof(long)];
        for (int i = 0; i < Records; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(key, i % Keys);
            BinaryPrimitives.WriteInt64BigEndian(value, i);
            task.Accept(input, new RawRecord
            {
                Topic = "in",
                Partition = 0,
                Offset = i,
                TimestampMs = i,
                IsKeyNull = false,
                Key = key,
                IsValueNull = false,
                Value = value,
                Headers = [],
            });
            if (i % (Records / 10) == 0)
            {
                task.PrepareCommit();
            }
        }
    }

    private sealed class NullCollector : IRecordCollector
    {
        public void Send(
            string topic,
            int partition,
            bool keyIsNull,
            ReadOnlySpan<byte> key,
            bool valueIsNull,
            ReadOnlySpan<byte> value,
            long timestampMs,
            IReadOnlyList<RecordHeader> headers)
        {
        }
    }
}
