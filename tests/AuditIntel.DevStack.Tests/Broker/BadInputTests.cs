using System.Buffers.Binary;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Tests.Broker;

public sealed class BadInputTests : IAsyncLifetime
{
    private TestBroker _broker = null!;

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync();

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public void ApiVersions_ShouldBeAnsweredInVersion0_WhenTheVersionIsUnknown()
    {
        using var client = new RawClient(_broker.Port);
        using var frame = Frame.Request(ApiKey.ApiVersions, 99, 5, "raw", new ApiVersionsRequest());
        client.Send(frame.ToArray());
        var answer = Frame.ReadResponse<ApiVersionsResponse>(ApiKey.ApiVersions, 0, 5, client.ReadFrame());
        Assert.Equal((short)ErrorCode.UnsupportedVersion, answer.ErrorCode);
        Assert.Contains(answer.ApiKeys, k => k.ApiKey == (short)ApiKey.Fetch);
    }

    [Theory]
    [InlineData(999, 0)]
    [InlineData(3, 99)]
    [InlineData(-1, 0)]
    public void Connection_ShouldBeClosedWithOneSentence_WhenApiOrVersionIsUnknown(short key, short version)
    {
        using var client = new RawClient(_broker.Port);
        using var frame = Frame.Request((ApiKey)key, version, 1, "raw", new HeartbeatRequest());
        client.Send(frame.ToArray());
        Assert.True(client.IsClosedByBroker());
        AssertAlive();
        Assert.Contains(_broker.Warnings, w => w.Contains("not served here", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(5 << 20)]
    public void Connection_ShouldBeClosed_WhenTheFrameLengthIsNotPossible(int length)
    {
        using var client = new RawClient(_broker.Port);
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        client.Send(bytes);
        Assert.True(client.IsClosedByBroker());
        AssertAlive();
    }

    [Fact]
    public void Connection_ShouldBeClosed_WhenAnArrayClaimsMoreThanTheFrameHolds()
    {
        using var client = new RawClient(_broker.Port);
        using var frame = Frame.Request(ApiKey.Metadata, 4, 1, "raw", new MetadataRequest { Topics = [new() { Name = "t" }] });
        var bytes = frame.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(17), int.MaxValue);
        client.Send(bytes);
        Assert.True(client.IsClosedByBroker());
        AssertAlive();
    }

    [Fact]
    public void Produce_ShouldAnswerCorruptMessage_WhenTheCrcIsWrong()
    {
        using var client = new RawClient(_broker.Port);
        var batch = Batches.Of("a");
        batch[^1] ^= 1;
        Assert.Equal(ErrorCode.CorruptMessage, Produce(client, batch));
        Assert.Equal(ErrorCode.None, Produce(client, Batches.Of("a")));
    }

    [Fact]
    public void Pipelined_Requests_ShouldBeAnsweredInOrder()
    {
        using var client = new RawClient(_broker.Port);
        for (var i = 0; i < 200; i++)
        {
            using var frame = Frame.Request(ApiKey.Metadata, 4, i, "raw", new MetadataRequest { Topics = [] });
            client.Send(frame.ToArray());
        }

        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(i, BinaryPrimitives.ReadInt32BigEndian(client.ReadFrame()));
        }
    }

    [Fact]
    public void OtherClients_ShouldBeServed_WhileOneWaitsInAFetchAndOneNeverReads()
    {
        using var waiting = new RawClient(_broker.Port);
        using var deaf = new RawClient(_broker.Port);
        using var client = new RawClient(_broker.Port);
        Produce(client, Batches.Of(new string('x', 900_000)));
        using var longPoll = Frame.Request(ApiKey.Fetch, 4, 1, "raw", Fetch(offset: 1, maxWaitMs: 10_000));
        waiting.Send(longPoll.ToArray());
        for (var i = 0; i < 30; i++)
        {
            using var fetch = Frame.Request(ApiKey.Fetch, 4, i, "raw", Fetch(offset: 0, maxWaitMs: 0));
            deaf.Send(fetch.ToArray());
        }

        AssertAlive();
        Produce(client, Batches.Of("b"));
        var woken = Frame.ReadResponse<FetchResponse>(ApiKey.Fetch, 4, 1, waiting.ReadFrame());
        Assert.True(woken.Responses[0].Partitions[0].Records.Length > 0);
    }

    internal static ErrorCode Produce(RawClient client, byte[] batch, string topic = "bad") =>
        (ErrorCode)Create(client, topic).Call<ProduceRequest, ProduceResponse>(ApiKey.Produce, 7, new ProduceRequest
        {
            Acks = -1,
            TopicData = [new() { Name = topic, PartitionData = [new() { Index = 0, Records = RecordsPayload.From(batch) }] }],
        }).Responses[0].PartitionResponses[0].ErrorCode;

    private static RawClient Create(RawClient client, string topic)
    {
        client.Call<MetadataRequest, MetadataResponse>(ApiKey.Metadata, 4, new() { Topics = [new() { Name = topic }], AllowAutoTopicCreation = true });
        return client;
    }

    private static FetchRequest Fetch(long offset, int maxWaitMs) => new()
    {
        MaxWaitMs = maxWaitMs,
        MinBytes = 1,
        Topics = [new() { Topic = "bad", Partitions = [new() { Partition = 0, FetchOffset = offset, PartitionMaxBytes = 1 << 20 }] }],
    };

    private void AssertAlive()
    {
        using var client = new RawClient(_broker.Port);
        Assert.Equal(0, client.Call<ApiVersionsRequest, ApiVersionsResponse>(ApiKey.ApiVersions, 0, new()).ErrorCode);
    }
}
