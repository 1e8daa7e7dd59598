using System.Reflection;
using AuditIntel.DevStack.Api;
using AuditIntel.DevStack.Observability;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>
/// Frames of every API in every version, with random content and then damaged: changed bytes, cut ends, wrong lengths. Whatever comes, the
/// broker answers or closes that connection, serves everybody else, and does not grow.
/// </summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private const int Seed = 20_261_121;
    private const int FramesToHandlers = 200_000;
    private const int Connections = 500;
    private const int FramesAConnection = 40;
    private const int FramesOfAVersion = 6;
    private const long MostGrowth = 96L << 20;

    private readonly Random _random = new(Seed);
    private readonly BrokerMetrics _metrics = new("fuzz");
    private TestBroker _broker = null!;
    private List<byte[]> _frames = [];

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync();
        _frames = Frames(ApiCatalog.Create(_broker.Broker.State, _metrics));
        using var client = new RawClient(_broker.Port);
        BadInputTests.Produce(client, Batches.Of("a", "b"), "t");
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        _metrics.Dispose();
    }

    [Fact]
    public void Broker_ShouldGoOn_WhenConnectionsSendDamagedFrames()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var connection = 0; connection < Connections; connection++)
        {
            using var client = new RawClient(_broker.Port);
            try
            {
                for (var i = 0; i < FramesAConnection; i++)
                {
                    client.Send(Damaged());
                }
            }
            catch (IOException)
            {
                // The broker has closed the connection: that is one of its right answers.
            }
        }

        AssertAliveAndSmall(before);
        Assert.DoesNotContain(_broker.Warnings, w => w.Contains("unexpected failure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handlers_ShouldAnswerOrRefuse_TwoHundredThousandDamagedFrames()
    {
        var table = ApiCatalog.Create(_broker.Broker.State, _metrics);
        using var stop = new CancellationTokenSource();
        List<Task<WireWriter?>> waiting = [];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < FramesToHandlers; i++)
        {
            var frame = Damaged();
            try
            {
                var answer = table.HandleAsync(frame.AsMemory(Math.Min(4, frame.Length)), new RequestContext(), stop.Token);
                if (answer.IsCompleted)
                {
                    (await answer)?.Dispose();
                }
                else
                {
                    waiting.Add(answer.AsTask());
                }
            }
            catch (ProtocolException)
            {
                // Malformed: the connection would be closed.
            }
        }

        await stop.CancelAsync();
        AssertAliveAndSmall(before);

        // Members that wait in a group are let go when the broker stops.
        await _broker.Broker.DisposeAsync();
        foreach (var task in waiting)
        {
            var failure = await Record.ExceptionAsync(() => task.WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.True(failure is null or ProtocolException or OperationCanceledException, failure?.ToString());
        }
    }

    private static List<byte[]> Frames(ApiTable table)
    {
        var messages = new RandomMessages(new Random(Seed), "t", "g", "x", "member", "range");
        List<byte[]> frames = [];
        foreach (var handler in table.Handlers)
        {
            var request = handler.GetType().BaseType!.GetGenericArguments()[0];
            var encode = typeof(FuzzTests).GetMethod(nameof(Encode), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(request);
            for (var version = handler.MinVersion; version <= handler.MaxVersion; version++)
            {
                for (var i = 0; i < (IsCostly(handler.Key) ? 1 : FramesOfAVersion); i++)
                {
                    frames.Add((byte[])encode.Invoke(null, [handler.Key, version, messages.Next(request)])!);
                }
            }
        }

        return frames;
    }

    // Thousands of folders come and go with a damaged number of partitions.
    private static bool IsCostly(ApiKey key) => key is ApiKey.CreateTopics or ApiKey.CreatePartitions or ApiKey.DeleteTopics;

    private static byte[] Encode<T>(ApiKey key, short version, T request)
        where T : class, IMessage<T>, new()
    {
        using var frame = Frame.Request(key, version, 1, "fuzz", request);
        return frame.ToArray();
    }

    private byte[] Damaged()
    {
        var frame = (byte[])_frames[_random.Next(_frames.Count)].Clone();
        for (var i = _random.Next(0, 4); i > 0; i--)
        {
            // Mostly the message; now and then the length, so that frames run into each other.
            frame[_random.Next(_random.Next(20) == 0 ? 0 : 8, frame.Length)] = (byte)_random.Next(256);
        }

        return _random.Next(10) == 0 ? frame[.._random.Next(1, frame.Length)] : frame;
    }

    private void AssertAliveAndSmall(long before)
    {
        using var client = new RawClient(_broker.Port);
        Assert.Equal(0, client.Call<ApiVersionsRequest, ApiVersionsResponse>(ApiKey.ApiVersions, 0, new()).ErrorCode);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MostGrowth);
    }
}
