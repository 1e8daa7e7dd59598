using System.Text;
using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Log.Compression;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>Batches that librdkafka has compressed, opened by the broker: for the check at the door, look-ups by time, and compaction.</summary>
public sealed class CompressionTests : IAsyncLifetime
{
    private const int Records = 2_000;
    private TestBroker _broker = null!;

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync();

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    [Theory]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Snappy)]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public async Task Batches_ShouldOpenToWhatWasProduced(CompressionType compression)
    {
        var log = await ProduceAsync(compression);
        var values = new List<string>();
        foreach (var (header, batch) in Compressed(log))
        {
            Assert.Equal((int)compression, (int)header.Compression);
            using var body = BatchBody.Open(header, batch);
            var records = new RecordReader(body.Records);
            while (records.TryRead(out var record))
            {
                values.Add(Encoding.UTF8.GetString(record.Value));
            }
        }

        Assert.Equal(Enumerable.Range(0, Records).Select(Value), values);
    }

    [Theory]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Snappy)]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public async Task DamagedBatches_ShouldOnlyEverBeRefused(CompressionType compression)
    {
        var (header, batch) = Compressed(await ProduceAsync(compression)).First();
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 3_000; i++)
        {
            var damaged = batch.AsSpan(0, i % 3 == 0 ? random.Next(BatchHeader.Size, batch.Length) : batch.Length).ToArray();
            for (var hits = random.Next(1, 4); hits > 0 && damaged.Length > BatchHeader.Size; hits--)
            {
                damaged[random.Next(BatchHeader.Size, damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                using var body = BatchBody.Open(header, damaged);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.True(refused > 100, $"Only {refused} of 3 000 damaged batches were refused.");
    }

    [Theory]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Snappy)]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public async Task Compaction_ShouldKeepTheLastRecordOfEveryKey(CompressionType compression)
    {
        var log = await ProduceAsync(compression);
        log.Append(Batches.Keyed("end", new string('x', 40_000)), AppendOrigin.Client);
        log.Append(Batches.Keyed("end", new string('x', 40_000)), AppendOrigin.Client);
        log.Clean(CancellationToken.None);
        var kept = Batches.Records(log).Where(record => record.Contains("=v", StringComparison.Ordinal)).ToList();
        Assert.Equal(Enumerable.Range(Records - 10, 10).Select(i => $"{i}:k{i % 10}={Value(i)}"), kept);
    }

    [Fact]
    public async Task CompactedTopic_ShouldRefuseARecordWithoutKey()
    {
        await CreateAsync();
        using var producer = Producer(CompressionType.Lz4);
        var error = await Assert.ThrowsAsync<ProduceException<byte[], string>>(() => producer.ProduceAsync("c", new() { Value = "v" }));
        Assert.Equal(ErrorCode.InvalidRecord, error.Error.Code);
    }

    private static string Value(int i)
    {
        // Runs of one letter, text that nearly repeats, and noise: long matches, short ones, and literals.
        var random = new Random(i);
        return $"v{i} {new string((char)('a' + (i % 26)), i % 700)} "
            + string.Concat(Enumerable.Range(0, i % 20).Select(n => $"field{n}={random.Next(50)};"))
            + Convert.ToBase64String(Enumerable.Range(0, i % 90).Select(_ => (byte)random.Next(256)).ToArray());
    }

    private static IEnumerable<(BatchHeader Header, byte[] Batch)> Compressed(PartitionLog log)
    {
        for (var offset = log.StartOffset; offset < log.EndOffset;)
        {
            using var slice = log.Read(offset, 1, committed: false, atLeastOne: true).Slice!;
            var batch = new byte[slice.Length];
            slice.Read(0, batch);
            var header = BatchHeader.Read(batch);
            yield return (header, batch);
            offset = header.LastOffset + 1;
        }
    }

    private async Task<PartitionLog> ProduceAsync(CompressionType compression)
    {
        await CreateAsync();
        using var producer = Producer(compression);
        for (var i = 0; i < Records; i++)
        {
            producer.Produce("c", new() { Key = Encoding.UTF8.GetBytes($"k{i % 10}"), Value = Value(i) });
        }

        producer.Flush(TimeSpan.FromSeconds(30));
        var log = _broker.Broker.State.Catalog.Find("c")!.Find(0)!.Log;
        Assert.Equal(Records, log.EndOffset);
        return log;
    }

    private IProducer<byte[], string> Producer(CompressionType compression) => new ProducerBuilder<byte[], string>(new ProducerConfig
    {
        BootstrapServers = _broker.Servers,
        CompressionType = compression,
        EnableIdempotence = true,
        LingerMs = 50,
    }).Build();

    private async Task CreateAsync()
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = _broker.Servers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification
        {
            Name = "c",
            NumPartitions = 1,
            Configs = new() { ["cleanup.policy"] = "compact", ["segment.bytes"] = "60000", ["min.cleanable.dirty.ratio"] = "0" },
        }]);
    }
}
