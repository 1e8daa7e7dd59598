using System.Text;
using AuditIntel.DevStack;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Testing;

namespace AuditIntel.Streaming.Tests.HowTo;

/// <summary>What docs/writing-a-topology.md shows is compiled, is what it says, and does what it says.</summary>
public sealed class HowToTests
{
    private const long Minute = 60_000;

    [Fact]
    public void Document_ShouldShowTheCompiledCodeWordForWord()
    {
        string root = Root();
        string[] sources = Directory.GetFiles(Path.Combine(root, "tests", "AuditIntel.Streaming.Tests", "HowTo"), "*.cs");
        Dictionary<string, string> regions = sources.SelectMany(path => Regions(File.ReadAllLines(path))).ToDictionary();
        List<(string Name, string Code)> blocks = Blocks(File.ReadAllLines(Path.Combine(root, "src", "AuditIntel.Streaming", "docs", "writing-a-topology.md")));
        Assert.Equal(regions.Keys.Order(), blocks.Select(block => block.Name).Order());
        Assert.All(blocks, block => Assert.Equal(regions[block.Name], block.Code));
    }

    [Fact]
    public void FirstTopology_ShouldCleanOrders() => Examples.TestTheFirst();

    [Fact]
    public void Count_ShouldKeepStableNames_AndCountByArticle()
    {
        using var driver = new TopologyTestDriver(Examples.Counting(), applicationId: "shop");
        TestInputTopic<string, string> orders = driver.Input("orders", Serdes.Utf8, Serdes.Utf8);
        orders.Pipe("ann", "tea", 1);
        orders.Pipe("bob", "tea", 2);
        Assert.Equal([1, 2], driver.Output("sold", Serdes.Utf8, Serdes.Int64).ReadAll().Select(record => record.Value));
        Assert.Equal(2, driver.ReadRaw("shop-by-article-repartition").Count);
        Assert.Equal(2, driver.ReadRaw("shop-sold-changelog").Count);
    }

    [Fact]
    public void Windows_ShouldGiveOneResultEach_WhenTheyClose()
    {
        using var driver = new TopologyTestDriver(Examples.Windows());
        TestInputTopic<string, string> orders = driver.Input("orders", Serdes.Utf8, Serdes.Utf8);
        orders.Pipe("ann", "tea", 1 * Minute);
        orders.Pipe("ann", "milk", 2 * Minute);
        orders.Pipe("bob", "tea", 6 * Minute);
        TestRecord result = Assert.Single(driver.ReadRaw("orders.per-5-minutes"));
        Assert.Equal("[ann@0/300000]", Serdes.TimeWindowed(Serdes.Utf8, TimeSpan.FromMinutes(5)).Deserialize("", result.Key).ToString());
        Assert.Equal(2, Serdes.Int64.Deserialize("", result.Value));
    }

    [Fact]
    public void TableJoin_ShouldNameCustomers()
    {
        using var driver = new TopologyTestDriver(Examples.TableJoin());
        driver.Input("customers", Serdes.Utf8, Serdes.Utf8).Pipe("1", "Ann");
        driver.Input("orders", Serdes.Utf8, Serdes.Utf8).Pipe("1", "tea");
        driver.Input("orders", Serdes.Utf8, Serdes.Utf8).Pipe("2", "milk");
        Assert.Equal(["tea for Ann", "milk for somebody"], Values(driver, "orders.named"));
    }

    [Fact]
    public void StreamJoin_ShouldFindPaymentsAndTheirAbsence()
    {
        using var driver = new TopologyTestDriver(Examples.StreamJoin());
        TestInputTopic<string, string> orders = driver.Input("orders", Serdes.Utf8, Serdes.Utf8);
        orders.Pipe("1", "tea", 1 * Minute);
        orders.Pipe("2", "milk", 2 * Minute);
        driver.Input("payments", Serdes.Utf8, Serdes.Utf8).Pipe("1", "coins", 30 * Minute);
        orders.Pipe("3", "bread", 100 * Minute);
        Assert.Equal(["tea paid with coins", "milk unpaid"], Values(driver, "orders.paid"));
    }

    [Fact]
    public void Suppression_ShouldGiveWholeVisits()
    {
        using var driver = new TopologyTestDriver(Examples.Suppression());
        TestInputTopic<string, string> clicks = driver.Input("clicks", Serdes.Utf8, Serdes.Utf8);
        clicks.Pipe("ann", "/", 1 * Minute);
        clicks.Pipe("ann", "/tea", 20 * Minute);
        clicks.Pipe("bob", "/", 90 * Minute);
        Record<string, long> visit = Assert.Single(driver.Output("visits", Serdes.Utf8, Serdes.Int64).ReadAll());
        Assert.Equal(("ann", 2), (visit.Key, visit.Value));
    }

    [Fact]
    public void Processor_ShouldNameSilentCustomers()
    {
        using var driver = new TopologyTestDriver(Examples.Processing());
        TestInputTopic<string, string> orders = driver.Input("orders", Serdes.Utf8, Serdes.Utf8);
        orders.Pipe("ann", "tea", 60 * Minute);
        orders.Pipe("bob", "tea", 26 * 60 * Minute);
        Assert.Equal("ann", Assert.Single(driver.Output("customers.silent", Serdes.Utf8, Serdes.Utf8).ReadAll()).Key);
    }

    [Fact]
    public async Task Run_ShouldProcessOnABroker()
    {
        string folder = Directory.CreateTempSubdirectory("auditintel-howto-").FullName;
        try
        {
            await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { DataDirectory = folder });
            var kafka = new KafkaOptions { BootstrapServers = broker.BootstrapServers };
            using var admin = new TopicAdmin(kafka);
            await admin.EnsureTopicsAsync([new TopicSpec("orders", 1), new TopicSpec("orders.clean", 1), new TopicSpec("orders.dlq", 1)]);
            using (BatchProducer producer = BatchProducer.Create(kafka))
            {
                producer.Produce(producer.Topic("orders"), 0, "ann"u8, "tea"u8);
                producer.Produce(producer.Topic("orders"), 0, "ann"u8, [0xFF]);
                producer.Flush(TimeSpan.FromSeconds(30));
            }

            using var stop = new CancellationTokenSource();
            Task running = Examples.RunAsync(Examples.First(), kafka, stop.Token);
            Assert.Equal("TEA", await FirstValueAsync(kafka, "orders.clean"));
            Assert.Equal("\uFFFD", await FirstValueAsync(kafka, "orders.dlq"));
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> FirstValueAsync(KafkaOptions kafka, string topic)
    {
        using BatchConsumer consumer = BatchConsumer.Create(kafka, new BatchConsumerOptions());
        consumer.Assign([new PartitionOffset(new PartitionId(topic, 0), PartitionOffset.Beginning)]);
        for (int i = 0; i < 600; i++)
        {
            RecordBatch batch = consumer.Poll(TimeSpan.FromMilliseconds(100));
            if (batch.Count > 0)
            {
                return Encoding.UTF8.GetString(batch[0].Value);
            }

            await Task.Yield();
        }

        throw new TimeoutException($"Nothing was written to {topic}.");
    }

    private static IEnumerable<string?> Values(TopologyTestDriver driver, string topic) =>
        driver.Output(topic, Serdes.Utf8, Serdes.Utf8).ReadAll().Select(record => record.Value);

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AuditIntel.Streams.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not lie within the repository.");
    }

    private static Dictionary<string, string> Regions(string[] lines)
    {
        var regions = new Dictionary<string, string>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart().StartsWith("#region ", StringComparison.Ordinal))
            {
                string name = lines[i].TrimStart()["#region ".Length..];
                int end = Array.FindIndex(lines, i, line => line.TrimStart() == "#endregion");
                regions.Add(name, Unindented(lines[(i + 1)..end]));
            }
        }

        return regions;
    }

    /// <summary>Blocks of code behind a comment that names their region.</summary>
    private static List<(string Name, string Code)> Blocks(string[] lines)
    {
        const string Mark = "<!-- region: ";
        var blocks = new List<(string Name, string Code)>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] == "```csharp")
            {
                Assert.StartsWith(Mark, lines[i - 1], StringComparison.Ordinal);
                int end = Array.IndexOf(lines, "```", i);
                blocks.Add((lines[i - 1][Mark.Length..^" -->".Length], string.Join('\n', lines[(i + 1)..end])));
            }
        }

        return blocks;
    }

    private static string Unindented(string[] lines)
    {
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }
}
