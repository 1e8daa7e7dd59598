using System.Diagnostics;
using System.Globalization;
using AuditIntel.Kafka;
using AuditIntel.Processes;
using Confluent.Kafka;

namespace AuditIntel.Soak.Tests.Broker;

/// <summary>
/// The broker's data folder lies on a file system of 256 MiB that nobody but the broker sees (tmpfs in a mount namespace of its own). A file
/// fills it up; deleting the file makes room again.
/// </summary>
public sealed class DiskFullTests : IDisposable
{
    private const int Partitions = 4;

    /// <summary>$0 is the folder, the rest the command.</summary>
    private const string OnSmallFileSystem = "mount -t tmpfs -o size=256m tmpfs \"$0\" && exec \"$@\"";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("auditintel-full-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Broker_ShouldRefuseAndLaterGoOnWithoutLoss_WhenTheDiskIsFullForAWhile()
    {
        await using var broker = new BrokerProcess(_folder, ["unshare", "--map-root-user", "--mount", "sh", "-c", OnSmallFileSystem, _folder]);
        await broker.StartAsync(CancellationToken.None);
        KafkaOptions kafka = SoakClients.On(broker.BootstrapServers);
        using var admin = new TopicAdmin(kafka);
        await admin.EnsureTopicsAsync([new TopicSpec("input", Partitions), new TopicSpec("output", Partitions), new TopicSpec("probe", 1)]);
        await using var writer = NumberWriter.Start(kafka, "input", Partitions);
        await using var copier = ExactlyOnceCopier.Start(kafka, "input", "output");
        await UntilAsync(() => writer.AcknowledgedCount > 5_000 && copier.Commits > 3, writer, copier, "the first records");

        string filler = string.Create(CultureInfo.InvariantCulture, $"/proc/{broker.Id}/root{_folder}/filler");
        Fill(filler);
        await UntilAsync(() => Refused(kafka) == ErrorCode.KafkaStorageError, writer, copier, "the refusal on a full disk");
        long stuckAt = writer.AcknowledgedCount;
        await Assert.ThrowsAsync<KafkaFailureException>(() => admin.EnsureTopicsAsync([new TopicSpec("more", 200)]));
        Assert.True((await admin.OffsetsAsync(["input"])).Sum(range => range.End) >= stuckAt, "The broker answers, with all it has acknowledged.");

        File.Delete(filler);
        await UntilAsync(() => writer.AcknowledgedCount > stuckAt + 5_000, writer, copier, "records after room was made");
        await writer.FinishAsync(Timeout);
        await copier.FinishAsync(admin, (await admin.OffsetsAsync(["input"])).ToDictionary(range => range.Partition, range => range.End), Timeout);
        SoakClients.AssertNumbers(kafka, "input", Partitions, writer.Count);
        SoakClients.AssertNumbers(kafka, "output", Partitions, writer.Count);
    }

    private static void Fill(string path)
    {
        byte[] block = new byte[64 << 10];
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full: that is what it is for.
        }
    }

    /// <summary>What a producer without retries is told; NoError when its record was taken.</summary>
    private static ErrorCode Refused(KafkaOptions kafka)
    {
        var config = new ProducerConfig { BootstrapServers = kafka.BootstrapServers, MessageSendMaxRetries = 0, Acks = Acks.All };
        using IProducer<Null, byte[]> producer = new ProducerBuilder<Null, byte[]>(config).Build();
        ErrorCode? told = null;
        producer.Produce(new TopicPartition("probe", 0), new Message<Null, byte[]> { Value = new byte[8192] }, report => told = report.Error.Code);
        producer.Flush(Timeout);
        return told ?? ErrorCode.Local_TimedOut;
    }

    private static async Task UntilAsync(Func<bool> condition, NumberWriter writer, ExactlyOnceCopier copier, string what)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            writer.ThrowIfFailed();
            copier.ThrowIfFailed();
            Assert.True(Stopwatch.GetElapsedTime(begin) < Timeout, $"{what}: nothing within {Timeout}.");
            await Task.Delay(20);
        }
    }
}
