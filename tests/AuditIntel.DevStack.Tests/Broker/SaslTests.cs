using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;
using Confluent.Kafka;

namespace AuditIntel.DevStack.Tests.Broker;

public sealed class SaslTests : IAsyncLifetime
{
    private TestBroker _broker = null!;

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync(users: new() { ["ann,=é"] = "correct horse" });

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    [Theory]
    [InlineData(SaslMechanism.Plain)]
    [InlineData(SaslMechanism.ScramSha256)]
    [InlineData(SaslMechanism.ScramSha512)]
    public void Client_ShouldBeServed_WithTheRightPasswordOnly(SaslMechanism mechanism)
    {
        using (var right = Admin(mechanism, "correct horse", _ => { }))
        {
            Assert.Single(right.GetMetadata(TimeSpan.FromSeconds(20)).Brokers);
        }

        using var refused = new ManualResetEventSlim();
        using var wrong = Admin(mechanism, "wrong", e =>
        {
            if (e.Code == Confluent.Kafka.ErrorCode.Local_Authentication)
            {
                refused.Set();
            }
        });
        Assert.Throws<KafkaException>(() => wrong.GetMetadata(TimeSpan.FromSeconds(2)));
        Assert.True(refused.Wait(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Connection_ShouldBeClosed_WhenItAsksBeforeItAuthenticates()
    {
        using var client = new RawClient(_broker.Port);
        Assert.Equal(0, client.Call<ApiVersionsRequest, ApiVersionsResponse>(ApiKey.ApiVersions, 0, new()).ErrorCode);
        using var frame = Frame.Request(ApiKey.Metadata, 4, 9, "raw", new MetadataRequest());
        client.Send(frame.ToArray());
        Assert.True(client.IsClosedByBroker());
    }

    [Fact]
    public void Mechanism_ShouldBeRefused_WhenUnknown()
    {
        using var client = new RawClient(_broker.Port);
        var answer = client.Call<SaslHandshakeRequest, SaslHandshakeResponse>(ApiKey.SaslHandshake, 1, new() { Mechanism = "GSSAPI" });
        Assert.Equal((short)Protocol.ErrorCode.UnsupportedSaslMechanism, answer.ErrorCode);
        Assert.Equal(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"], answer.Mechanisms);
    }

    private IAdminClient Admin(SaslMechanism mechanism, string password, Action<Error> onError) => new AdminClientBuilder(new AdminClientConfig
    {
        BootstrapServers = _broker.Servers,
        SecurityProtocol = SecurityProtocol.SaslPlaintext,
        SaslMechanism = mechanism,
        SaslUsername = "ann,=é",
        SaslPassword = password,
    }).SetErrorHandler((_, e) => onError(e)).SetLogHandler((_, _) => { }).Build();
}
