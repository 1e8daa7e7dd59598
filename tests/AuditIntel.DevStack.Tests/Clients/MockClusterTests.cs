using AuditIntel.DevStack.Tests.Broker;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>
/// The embedded broker against the mock cluster inside librdkafka, which others wrote: the same client must observe the same on both. The mock
/// has no topic creation, no look-up by time, and of transactions neither isolation nor offsets nor fencing, so that those are left to the
/// other tests.
/// </summary>
public sealed class MockClusterTests
{
    [Theory]
    [InlineData("compression")]
    [InlineData("offsets")]
    [InlineData("group")]
    [InlineData("resume")]
    [InlineData("transactions")]
    public async Task EmbeddedBroker_ShouldShowWhatLibrdkafkasMockShows(string scenario)
    {
        Func<ConfluentCluster, Task<List<string>>> observe = scenario switch
        {
            "compression" => ConfluentScenarios.CompressionAsync,
            "offsets" => ConfluentScenarios.OffsetsAsync,
            "group" => ConfluentScenarios.GroupAsync,
            "resume" => ConfluentScenarios.ResumeAsync,
            _ => ConfluentScenarios.TransactionCallsAsync,
        };
        await using var broker = await TestBroker.StartAsync();
        using var mock = ConfluentCluster.StartMock();
        Assert.Equal(await observe(mock), await observe(new(broker.Servers)));
    }
}
