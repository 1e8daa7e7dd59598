using Confluent.Kafka;
using Confluent.Kafka.Admin;
using static AuditIntel.DevStack.Tests.Clients.ConfluentCluster;

namespace AuditIntel.DevStack.Tests.Clients;

public sealed class ConfluentKafkaTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Scenarios => ClientScenarios.Of(ClientScenarios.ConfluentKafka);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task ConfluentKafka_ShouldFindWhatItExpects(string scenario) => ClientScenarios.Find(ClientScenarios.ConfluentKafka, scenario).RunAsync((servers, step) =>
    {
        var cluster = new ConfluentCluster(servers);
        return (scenario, step) switch
        {
            ("compression", _) => ConfluentScenarios.CompressionAsync(cluster),
            ("positions", _) => PositionsAsync(cluster),
            ("group", _) => ConfluentScenarios.GroupAsync(cluster),

            // The scenario has its second client in itself.
            ("resume", "first") => ConfluentScenarios.ResumeAsync(cluster),
            ("resume", _) => Task.CompletedTask,
            ("transactions", _) => TransactionsAsync(cluster),
            ("admin", _) => AdminAsync(cluster),
            ("sasl", _) => SaslAsync(cluster),
            ("tls", _) => TlsAsync(cluster, step),
            _ => throw new ArgumentOutOfRangeException(nameof(scenario), scenario, "No such scenario."),
        };
    });

    private static async Task PositionsAsync(ConfluentCluster cluster)
    {
        await ConfluentScenarios.OffsetsAsync(cluster);

        var start = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeMilliseconds();
        using (var producer = cluster.Producer())
        {
            for (var i = 0; i < 20; i++)
            {
                producer.Produce(new TopicPartition("t", 3), new() { Value = $"v{i}", Timestamp = new(start + (i * 1000), TimestampType.CreateTime) });
            }

            Assert.Equal(0, producer.Flush(Patience));
        }

        using var consumer = cluster.Consumer("times");
        TopicPartitionTimestamp At(long time) => new(new("t", 3), new Timestamp(time, TimestampType.CreateTime));
        var found = consumer.OffsetsForTimes([At(start + 12_500)], Patience);
        Assert.Equal(13, found[0].Offset.Value);
        Assert.Equal(Offset.End, consumer.OffsetsForTimes([At(start + 20_000)], Patience)[0].Offset);
        consumer.Assign(found);
        Assert.Equal(Enumerable.Range(13, 7).Select(i => $"v{i}"), Take(consumer, 7).Select(r => r.Message.Value));
    }

    private static async Task TransactionsAsync(ConfluentCluster cluster)
    {
        await cluster.CreateAsync("in");
        await cluster.CreateAsync("out");
        using var plain = cluster.Producer();
        Send(plain, new("in", 0), 0, 20);
        using var source = cluster.Consumer("g");
        source.Subscribe("in");
        Take(source, 20);

        using var producer = cluster.Producer(c => c.TransactionalId = "x");
        producer.InitTransactions(Patience);
        producer.BeginTransaction();
        Send(producer, new("out", 0), 100, 105);
        producer.SendOffsetsToTransaction([new("in", 0, 20)], source.ConsumerGroupMetadata, Patience);
        producer.AbortTransaction(Patience);
        Assert.Equal(Offset.Unset, source.Committed([new("in", 0)], Patience)[0].Offset);

        producer.BeginTransaction();
        Send(producer, new("out", 0), 0, 10);
        producer.SendOffsetsToTransaction([new("in", 0, 10)], source.ConsumerGroupMetadata, Patience);
        producer.CommitTransaction(Patience);
        Assert.Equal(10, source.Committed([new("in", 0)], Patience)[0].Offset.Value);

        using var strict = Reader(IsolationLevel.ReadCommitted);
        Assert.Equal(Values(0, 10), Take(strict, 10).Select(r => r.Message.Value));
        producer.BeginTransaction();
        Send(producer, new("out", 0), 10, 11);
        using var lax = Reader(IsolationLevel.ReadUncommitted);
        Assert.Equal([.. Values(100, 5), .. Values(0, 11)], Take(lax, 16).Select(r => r.Message.Value));
        Assert.Null(strict.Consume(TimeSpan.FromMilliseconds(300)));

        // A successor with the same id fences the producer and aborts what it left open.
        using var successor = cluster.Producer(c => c.TransactionalId = "x");
        successor.InitTransactions(Patience);
        Assert.Throws<KafkaException>(() => producer.CommitTransaction(Patience));
        successor.BeginTransaction();
        Send(successor, new("out", 0), 20, 21);
        successor.CommitTransaction(Patience);
        Assert.Equal("v20", Take(strict, 1)[0].Message.Value);

        IConsumer<string, string> Reader(IsolationLevel isolation)
        {
            var reader = cluster.Consumer($"{isolation}", c => c.IsolationLevel = isolation);
            reader.Assign(new TopicPartitionOffset("out", 0, Offset.Beginning));
            return reader;
        }

        IEnumerable<string> Values(int from, int count) => Enumerable.Range(from, count).Select(i => $"v{i}");
    }

    private static async Task AdminAsync(ConfluentCluster cluster)
    {
        using var admin = Admin(cluster.Servers);
        await cluster.CreateAsync("t");
        var error = await Assert.ThrowsAsync<CreateTopicsException>(() => admin.CreateTopicsAsync([new() { Name = "t", NumPartitions = 1 }]));
        Assert.Equal(ErrorCode.TopicAlreadyExists, error.Results[0].Error.Code);
        await cluster.CreateAsync("gone");
        await admin.CreatePartitionsAsync([new() { Topic = "t", IncreaseTo = 6 }]);
        var metadata = admin.GetMetadata(Patience);
        Assert.Equal(cluster.Servers, $"{metadata.Brokers.Single().Host}:{metadata.Brokers.Single().Port}");
        Assert.Equal(6, metadata.Topics.Single(t => t.Topic == "t").Partitions.Count);

        var resource = new ConfigResource { Type = ResourceType.Topic, Name = "t" };
        Assert.Equal("604800000", (await admin.DescribeConfigsAsync([resource]))[0].Entries["retention.ms"].Value);
        await admin.AlterConfigsAsync(new() { [resource] = [new() { Name = "retention.ms", Value = "12345678" }] });
        Assert.Equal("12345678", (await admin.DescribeConfigsAsync([resource]))[0].Entries["retention.ms"].Value);

        using (var producer = cluster.Producer())
        {
            Send(producer, new("t", 0), 0, 10);
        }

        var cut = await admin.DeleteRecordsAsync([new("t", 0, 4)]);
        Assert.Equal(4, cut[0].Offset.Value);
        using var consumer = cluster.Consumer("g");
        consumer.Subscribe("t");
        Assert.Equal("v4", Take(consumer, 6)[0].Message.Value);
        consumer.Commit();
        var group = admin.ListGroups(Patience).Single();
        Assert.Equal(("g", "Stable", "consumer", 1), (group.Group, group.State, group.ProtocolType, group.Members.Count));
        await Assert.ThrowsAsync<DeleteGroupsException>(() => admin.DeleteGroupsAsync(["g"]));
        consumer.Close();
        Eventually(() => admin.ListGroup("g", Patience).State == "Empty", "the group is empty");
        await admin.DeleteGroupsAsync(["g"]);
        Assert.Empty(admin.ListGroups(Patience));

        await admin.DeleteTopicsAsync(["gone"]);
        Assert.DoesNotContain(admin.GetMetadata(Patience).Topics, t => t.Topic == "gone");
    }

    private static Task TlsAsync(ConfluentCluster cluster, string certificate)
    {
        void Secure(ClientConfig config)
        {
            config.SecurityProtocol = SecurityProtocol.SaslSsl;
            config.SslCaLocation = certificate;
            config.SaslMechanism = SaslMechanism.ScramSha512;
            config.SaslUsername = ClientScenario.UserName;
            config.SaslPassword = ClientScenario.Password;
        }

        using (var producer = cluster.Producer(Secure))
        {
            Send(producer, new("t", 0), 0, 20);
        }

        using var consumer = cluster.Consumer("g", Secure);
        consumer.Subscribe("t");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"v{i}"), Take(consumer, 20).Select(r => r.Message.Value));
        consumer.Close();
        return Task.CompletedTask;
    }

    private static Task SaslAsync(ConfluentCluster cluster)
    {
        foreach (var mechanism in new[] { SaslMechanism.Plain, SaslMechanism.ScramSha256, SaslMechanism.ScramSha512 })
        {
            using (var right = Client(mechanism, ClientScenario.Password, _ => { }))
            {
                Assert.Single(right.GetMetadata(Patience).Brokers);
            }

            using var refused = new ManualResetEventSlim();
            using var wrong = Client(mechanism, "wrong", e =>
            {
                if (e.Code == ErrorCode.Local_Authentication)
                {
                    refused.Set();
                }
            });
            Assert.Throws<KafkaException>(() => wrong.GetMetadata(TimeSpan.FromSeconds(1)));
            Assert.True(refused.Wait(Patience));
        }

        return Task.CompletedTask;

        IAdminClient Client(SaslMechanism mechanism, string password, Action<Error> onError) => new AdminClientBuilder(new AdminClientConfig
        {
            BootstrapServers = cluster.Servers,
            ClientId = ClientScenarios.ConfluentKafka,
            SecurityProtocol = SecurityProtocol.SaslPlaintext,
            SaslMechanism = mechanism,
            SaslUsername = ClientScenario.UserName,
            SaslPassword = password,
        }).SetErrorHandler((_, e) => onError(e)).SetLogHandler((_, _) => { }).Build();
    }
}
