using static AuditIntel.Kafka.Tests.Reading;

namespace AuditIntel.Kafka.Tests;

/// <summary>Records come back as they went, whatever cluster carried them.</summary>
public abstract class RecordContract(ClusterFixture cluster)
{
    [Fact]
    public async Task Record_ShouldComeBackByteForByte()
    {
        string topic = await cluster.TopicAsync();
        using (BatchProducer producer = BatchProducer.Create(cluster.Kafka))
        {
            TopicHandle handle = producer.Topic(topic);
            producer.Produce(handle, 0, "key"u8, "value"u8, 1_700_000_000_123, [RecordHeader.Of("source", "test"), new RecordHeader("none", null), RecordHeader.Of("empty", "")]);
            producer.Produce(handle, 0, default, default);
            producer.Produce(handle, 0, ""u8, ""u8);
            producer.Produce(handle, 0, "é"u8, [0, 255], headers: [RecordHeader.Of("source", "a"), RecordHeader.Of("source", "b")]);
            producer.Flush(Patience);
        }

        using BatchConsumer consumer = cluster.Open(topic);
        var seen = new List<string>();
        consumer.Read(4, record =>
        {
            Assert.Same(string.Intern(topic), record.Topic);
            string headers = string.Join(',', record.Headers().Select(header => $"{header.Name}={(header.Value is null ? "null" : Text(header.Value))}"));
            seen.Add($"{record.Offset} {record.IsKeyNull} {Text(record.Key)} {record.IsValueNull} {Convert.ToHexString(record.Value)} {headers}");
        });
        Assert.Equal(
            ["0 False key False 76616C7565 source=test,none=null,empty=", "1 True  True  ", "2 False  False  ", "3 False é False 00FF source=a,source=b"], seen);
    }

    [Fact]
    public async Task Timestamp_ShouldBeTheGivenOne_OrNow()
    {
        string topic = await cluster.TopicAsync();
        long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        using (BatchProducer producer = BatchProducer.Create(cluster.Kafka))
        {
            producer.Produce(producer.Topic(topic), 0, default, "x"u8, 1_700_000_000_123);
            producer.Produce(producer.Topic(topic), 0, default, "x"u8);
            producer.Flush(Patience);
        }

        using BatchConsumer consumer = cluster.Open(topic);
        var times = new List<long>();
        consumer.Read(2, record => times.Add(record.TimestampMs));
        Assert.Equal(1_700_000_000_123, times[0]);
        Assert.InRange(times[1], before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("lz4")]
    [InlineData("snappy")]
    [InlineData("zstd")]
    public async Task Records_ShouldComeBack_WhenCompressed(string compression)
    {
        string topic = await cluster.TopicAsync();
        byte[] value = [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i * i / 7))];
        using (BatchProducer producer = BatchProducer.Create(cluster.Kafka, new BatchProducerOptions { Compression = compression }))
        {
            for (int i = 0; i < 10; i++)
            {
                producer.Produce(producer.Topic(topic), 0, default, value);
            }

            producer.Flush(Patience);
        }

        using BatchConsumer consumer = cluster.Open(topic);
        consumer.Read(10, record => Assert.True(record.Value.SequenceEqual(value)));
    }

    [Fact]
    public async Task Header_ShouldBeFoundByName()
    {
        string topic = await cluster.TopicAsync();
        using (BatchProducer producer = BatchProducer.Create(cluster.Kafka))
        {
            producer.Produce(producer.Topic(topic), 0, default, "x"u8, headers: [RecordHeader.Of("a", "1"), RecordHeader.Of("b", "2"), RecordHeader.Of("a", "3")]);
            producer.Produce(producer.Topic(topic), 0, default, "x"u8);
            producer.Flush(Patience);
        }

        using BatchConsumer consumer = cluster.Open(topic);
        var found = new List<string>();
        consumer.Read(2, record =>
        {
            found.Add(record.TryGetHeader("a\0"u8, out ReadOnlySpan<byte> value) ? Text(value) : "none");
            Assert.False(record.TryGetHeader("c\0"u8, out _));
        });
        Assert.Equal(["3", "none"], found);
    }

    [Fact]
    public async Task ManyHeaders_ShouldKeepTheirOrder()
    {
        string topic = await cluster.TopicAsync();
        RecordHeader[] headers = [.. Enumerable.Range(0, 64).Select(i => RecordHeader.Of($"h{i}", new string('v', i * 10)))];
        using (BatchProducer producer = BatchProducer.Create(cluster.Kafka))
        {
            producer.Produce(producer.Topic(topic), 0, default, "x"u8, 0, headers);
            Assert.Throws<ArgumentException>(() => producer.Produce(producer.Topic(topic), 0, default, "x"u8, 0, [.. headers, headers[0]]));
            producer.Flush(Patience);
        }

        using BatchConsumer consumer = cluster.Open(topic);
        consumer.Read(1, record => Assert.Equal(headers.Select(h => (h.Name, Text(h.Value))), record.Headers().Select(h => (h.Name, Text(h.Value)))));
    }
}
