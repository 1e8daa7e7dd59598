namespace AuditIntel.Kafka.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("localhost:9092", true)]
    [InlineData("a:1,b:65535, c.d.e:9092", true)]
    [InlineData("[::1]:9092", true)]
    [InlineData("", false)]
    [InlineData("localhost", false)]
    [InlineData("localhost:", false)]
    [InlineData("localhost:0", false)]
    [InlineData("localhost:65536", false)]
    [InlineData(":9092", false)]
    [InlineData("a:1,,b:2", false)]
    public void BootstrapServers_ShouldBeHostsAndPorts(string servers, bool good) =>
        Assert.Equal(good, !new KafkaOptions { BootstrapServers = servers }.Validate().Any());

    [Fact]
    public void Secrets_ShouldNotShow_WhenOptionsArePrinted()
    {
        var options = new KafkaOptions { BootstrapServers = "a:1", Properties = new Dictionary<string, string> { ["sasl.password"] = "hunter2" } };
        Assert.DoesNotContain("hunter2", options.ToString());
    }

    [Theory]
    [InlineData("enable.auto.commit")]
    [InlineData("group.id")]
    [InlineData("transactional.id")]
    public void Properties_ShouldBeRefused_WhenThePromisesHangOnThem(string key)
    {
        var options = new KafkaOptions { BootstrapServers = "a:1", Properties = new Dictionary<string, string> { [key] = "x" } };
        Assert.Contains(key, Assert.Single(options.Validate()));
        Assert.Throws<ArgumentException>(() => BatchProducer.Create(options));
    }

    [Fact]
    public void UnknownProperty_ShouldBeNamed_WithoutAnyValue()
    {
        var options = new KafkaOptions
        {
            BootstrapServers = "a:1",
            Properties = new Dictionary<string, string> { ["sasl.passwort"] = "hunter2", ["sasl.password"] = "hunter3" },
        };
        KafkaFailureException failure = Assert.Throws<KafkaFailureException>(() => BatchProducer.Create(options));
        Assert.Contains("sasl.passwort", failure.Message);
        Assert.DoesNotContain("hunter", failure.ToString());
        Assert.Throws<KafkaFailureException>(() => BatchConsumer.Create(options, new BatchConsumerOptions()));
        Assert.Throws<KafkaFailureException>(() => new TopicAdmin(options));
    }

    [Fact]
    public void ConsumerOptions_ShouldSayAllThatIsWrong() =>
        Assert.Equal(
            5,
            new BatchConsumerOptions
            {
                GroupId = " ",
                MaxBatchRecords = 0,
                PrefetchKilobytes = 1,
                MaxPollInterval = TimeSpan.FromSeconds(1),
                CloseTimeout = TimeSpan.FromSeconds(-1),
            }.Validate().Count());

    [Fact]
    public void ProducerOptions_ShouldSayAllThatIsWrong() =>
        Assert.Equal(
            6,
            new BatchProducerOptions
            {
                TransactionalId = "",
                BufferKilobytes = 0,
                Linger = TimeSpan.FromDays(1),
                Compression = "rar",
                MaxRecordBytes = 1,
                DeliveryTimeout = TimeSpan.FromSeconds(1),
            }.Validate().Count());

    [Fact]
    public void DefaultOptions_ShouldBeValid()
    {
        Assert.Empty(new BatchConsumerOptions().Validate());
        Assert.Empty(new BatchProducerOptions().Validate());
    }

    [Fact]
    public void PropertiesFile_ShouldBeRead_AndABadLineNamed()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "# comment\n\nsecurity.protocol = SASL_SSL\nsasl.password=a=b\n");
            IReadOnlyDictionary<string, string> properties = KafkaOptions.ReadProperties(path);
            Assert.Equal(("SASL_SSL", "a=b"), (properties["security.protocol"], properties["sasl.password"]));
            File.WriteAllText(path, "good=1\nbad\n");
            Assert.Contains("line 2", Assert.Throws<FormatException>(() => KafkaOptions.ReadProperties(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
