using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confluent.Kafka;

namespace AuditIntel.DevStack.Tests.Broker;

public sealed class TlsTests : IAsyncLifetime
{
    private readonly X509Certificate2 _certificate = SelfSigned();
    private TestBroker _broker = null!;

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync(users: new() { ["ann"] = "correct horse" }, certificate: _certificate);

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task Records_ShouldComeBack_OverTlsWithAPassword()
    {
        var config = new ClientConfig
        {
            BootstrapServers = _broker.Servers,
            SecurityProtocol = SecurityProtocol.SaslSsl,
            SaslMechanism = SaslMechanism.Plain,
            SaslUsername = "ann",
            SaslPassword = "correct horse",
            SslCaPem = _certificate.ExportCertificatePem(),
        };
        var value = new string('x', 900_000);
        using (var producer = new ProducerBuilder<Null, string>(new ProducerConfig(config)).Build())
        {
            await producer.ProduceAsync("t", new() { Value = value });
        }

        using var consumer = new ConsumerBuilder<Ignore, string>(new ConsumerConfig(config) { GroupId = "g", AutoOffsetReset = AutoOffsetReset.Earliest }).Build();
        consumer.Subscribe("t");
        Assert.Equal(value, consumer.Consume(TimeSpan.FromSeconds(30))?.Message.Value);
        consumer.Close();
    }

    [Fact]
    public void PlainClient_ShouldBeToldWhatItNeeds_InTheBrokersLog()
    {
        using var client = new RawClient(_broker.Port);
        client.Send("GET / HTTP/1.1\r\n\r\n"u8);
        Assert.True(client.IsClosedByBroker());
        Assert.True(SpinWait.SpinUntil(() => _broker.Warnings.Any(w => w.Contains("security.protocol=ssl", StringComparison.Ordinal)), TimeSpan.FromSeconds(10)));
    }

    internal static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
