using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Tests.Broker;

public sealed class FetchSessionTests : IAsyncLifetime, IDisposable
{
    private TestBroker _broker = null!;
    private RawClient _client = null!;

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync();
        _client = new(_broker.Port);
        BadInputTests.Produce(_client, Batches.Of("a"), "one");
        BadInputTests.Produce(_client, Batches.Of("b"), "two");
    }

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Session_ShouldNameOnlyPartitionsWithNews()
    {
        var full = Fetch(0, 0, ("one", 0), ("two", 0));
        Assert.True(full.SessionId > 0);
        Assert.Equal(2, full.Responses.Count);

        var quiet = Fetch(full.SessionId, 1, ("one", 1), ("two", 1));
        Assert.Empty(quiet.Responses);

        BadInputTests.Produce(_client, Batches.Of("c"), "two");
        var news = Fetch(full.SessionId, 2);
        Assert.Equal("two", Assert.Single(news.Responses).Topic);
    }

    [Fact]
    public void Session_ShouldRefuseAWrongEpochAndAnUnknownId()
    {
        var full = Fetch(0, 0, ("one", 0));
        Assert.Equal((short)ErrorCode.InvalidFetchSessionEpoch, Fetch(full.SessionId, 5).ErrorCode);
        Assert.Equal((short)ErrorCode.FetchSessionIdNotFound, Fetch(12345, 1).ErrorCode);
    }

    [Fact]
    public void Fetch_ShouldKnowTopicsById()
    {
        var id = _client.Call<MetadataRequest, MetadataResponse>(ApiKey.Metadata, 12, new() { Topics = [new() { Name = "one" }] }).Topics[0].TopicId;
        var known = ById(id);
        Assert.Equal(id, known.Responses[0].TopicId);
        Assert.True(known.Responses[0].Partitions[0].Records.Length > 0);
        Assert.Equal((short)ErrorCode.UnknownTopicId, ById(Guid.NewGuid()).Responses[0].Partitions[0].ErrorCode);
    }

    private FetchResponse ById(Guid id) => _client.Call<FetchRequest, FetchResponse>(ApiKey.Fetch, 13, new()
    {
        SessionEpoch = -1,
        Topics = [new() { TopicId = id, Partitions = [new() { PartitionMaxBytes = 1000 }] }],
    });

    private FetchResponse Fetch(int session, int epoch, params (string Topic, long Offset)[] topics) =>
        _client.Call<FetchRequest, FetchResponse>(ApiKey.Fetch, 11, new()
        {
            SessionId = session,
            SessionEpoch = epoch,
            MinBytes = 0,
            Topics = [.. topics.Select(t => new FetchRequest.FetchTopic { Topic = t.Topic, Partitions = [new() { FetchOffset = t.Offset, PartitionMaxBytes = 1000 }] })],
        });
}
