namespace AuditIntel.DevStack.Tests.Clients;

public sealed class KcatTests
{
    public static TheoryData<string> Scenarios => ClientScenarios.Of(ClientScenarios.Kcat);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public Task Kcat_ShouldFindWhatItExpects(string scenario) => ClientScenarios.Find(ClientScenarios.Kcat, scenario).RunAsync((servers, step) => scenario switch
    {
        "compression" => CompressionAsync(servers),
        "positions" => PositionsAsync(servers),
        "group" => GroupAsync(servers),
        "resume" => ResumeAsync(servers, step),
        "transactions" => TransactionsAsync(servers),
        "admin" => AdminAsync(servers),
        "sasl" => SaslAsync(servers),
        "tls" => TlsAsync(servers, step),
        _ => throw new ArgumentOutOfRangeException(nameof(scenario), scenario, "No such scenario."),
    });

    private static async Task CompressionAsync(string servers)
    {
        var lines = Lines(0, 200, i => $"k{i}:{string.Concat(Enumerable.Repeat("value ", 20))}{i}");
        foreach (var compression in new[] { "none", "gzip", "snappy", "lz4", "zstd" })
        {
            await KcatAsync(servers, lines, "-P", "-t", compression, "-K", ":", "-z", compression, "-H", "number=1");
            Assert.Equal(lines, await ReadAsync(servers, compression, "-K", ":", "-o", "beginning"));
            Assert.Equal("number=1\n", await ReadAsync(servers, compression, "-o", "199", "-f", "%h\n"));
        }
    }

    private static async Task PositionsAsync(string servers)
    {
        await WriteAsync(servers, 0, 10);
        await WriteAsync(servers, 10, 20);
        Assert.Equal(Lines(7, 20), await ReadAsync(servers, "t", "-o", "7"));
        Assert.Equal(Lines(17, 20), await ReadAsync(servers, "t", "-o", "-3"));

        // kcat stamps records with the time; two processes never write in one millisecond.
        var time = (await ReadAsync(servers, "t", "-o", "10", "-c", "1", "-f", "%T\n")).Trim();
        Assert.Equal(Lines(10, 20), await ReadAsync(servers, "t", "-o", $"s@{time}"));
        Assert.Equal(Lines(0, 10), await ReadAsync(servers, "t", "-o", "beginning", "-o", $"e@{time}"));
        Assert.Equal("t [0] offset 10\n", await KcatAsync(servers, null, "-Q", "-t", $"t:0:{time}"));
    }

    private static async Task GroupAsync(string servers)
    {
        using (var admin = ConfluentCluster.Admin(servers))
        {
            await admin.CreateTopicsAsync([new() { Name = "t", NumPartitions = 4, ReplicationFactor = 1 }]);
        }

        string[] join = ["-G", "g", "-u", "-X", "auto.offset.reset=earliest", "-X", "heartbeat.interval.ms=100", "-X", "session.timeout.ms=10000"];
        using var first = Start(servers, [.. join, "t"]);
        await first.WaitForAsync(c => Assigned(c) == 4, "having all four partitions");
        await WriteToAllAsync(servers, 0, 10);

        // The second leaves by itself after its share of what comes next.
        await first.WaitForAsync(c => Values(c).Count == 40, "having read 40 records");
        using var second = Start(servers, [.. join, "-c", "20", "t"]);
        await second.WaitForAsync(c => Assigned(c) == 2 && Assigned(first) == 2, "sharing the partitions");
        await WriteToAllAsync(servers, 10, 20);
        await second.EndAsync();
        Assert.Equal(20, Values(second).Count);

        await first.WaitForAsync(c => Assigned(c) == 4, "having all four partitions again");
        await WriteToAllAsync(servers, 20, 30);
        await first.WaitForAsync(c => Values(c).Count >= 100, "having read all that the other had not");
        Assert.Equal(
            Enumerable.Range(0, 4).SelectMany(p => Enumerable.Range(p * 100, 30)).Select(i => $"v{i}").Order(),
            Values(first).Concat(Values(second)).Order());
    }

    private static async Task ResumeAsync(string servers, string step)
    {
        if (step == "first")
        {
            await WriteAsync(servers, 0, 20);
            Assert.Equal(Lines(0, 10), await JoinAsync("-c", "10"));
        }
        else
        {
            Assert.Equal(Lines(10, 20), await JoinAsync("-e"));
        }

        Task<string> JoinAsync(params string[] more) => KcatAsync(servers, null, ["-G", "g", "-q", "-X", "auto.offset.reset=earliest", .. more, "t"]);
    }

    private static async Task TransactionsAsync(string servers)
    {
        // This creates the topic, which a reader does not.
        await WriteAsync(servers, 0, 1);
        string[] transactional = ["-P", "-t", "t", "-p", "0", "-X", "transactional.id=x", "-X", "linger.ms=0"];
        using var aborted = Start(servers, transactional);

        // Many lines, for kcat reads its input in blocks.
        await aborted.WriteAsync(Lines(0, 5_000, _ => "aborted"));
        using (var reader = Start(servers, "-C", "-t", "t", "-q", "-u", "-o", "beginning", "-X", "isolation.level=read_uncommitted"))
        {
            await reader.WaitForAsync(c => c.Output.StartsWith("v0\naborted\naborted\n", StringComparison.Ordinal), "reading what is not committed");
        }

        // An interrupted kcat aborts its transaction.
        Assert.Equal("v0\n", await CommittedAsync());
        await aborted.InterruptAsync();

        await KcatAsync(servers, Lines(1, 4), transactional);
        Assert.Equal(Lines(0, 4), await CommittedAsync());
        var all = await UncommittedAsync();
        Assert.StartsWith("v0\naborted\n", all, StringComparison.Ordinal);
        Assert.EndsWith("aborted\n" + Lines(1, 4), all, StringComparison.Ordinal);

        Task<string> CommittedAsync() => ReadAsync(servers, "t", "-o", "beginning", "-X", "isolation.level=read_committed");
        Task<string> UncommittedAsync() => ReadAsync(servers, "t", "-o", "beginning", "-X", "isolation.level=read_uncommitted");
    }

    private static async Task AdminAsync(string servers)
    {
        await WriteAsync(servers, 0, 1);
        var listed = await KcatAsync(servers, null, "-L");
        Assert.Contains($" 1 brokers:\n  broker 1 at {servers} (controller)\n", listed, StringComparison.Ordinal);
        Assert.Contains("  topic \"t\" with 1 partitions:\n    partition 0, leader 1, replicas: 1, isrs: 1\n", listed, StringComparison.Ordinal);
    }

    private static async Task SaslAsync(string servers)
    {
        foreach (var mechanism in new[] { "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512" })
        {
            Assert.Contains(" 1 brokers:\n", await ListAsync(mechanism, ClientScenario.Password), StringComparison.Ordinal);
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => ListAsync(mechanism, "wrong"));
            Assert.Contains("Authentication fail", failure.Message, StringComparison.OrdinalIgnoreCase);
        }

        Task<string> ListAsync(string mechanism, string password) => KcatAsync(
            servers, null, "-L", "-m", "3", "-X", "security.protocol=SASL_PLAINTEXT", "-X", $"sasl.mechanism={mechanism}",
            "-X", $"sasl.username={ClientScenario.UserName}", "-X", $"sasl.password={password}");
    }

    private static async Task TlsAsync(string servers, string certificate)
    {
        string[] secured =
        [
            "-X", "security.protocol=SASL_SSL", "-X", "sasl.mechanism=SCRAM-SHA-512", "-X", $"sasl.username={ClientScenario.UserName}",
            "-X", $"sasl.password={ClientScenario.Password}",
        ];
        string[] trusting = [.. secured, "-X", $"ssl.ca.location={certificate}"];
        var lines = Lines(0, 5, i => $"{i}".PadRight(100_000, 'x'));
        await KcatAsync(servers, lines, ["-P", "-t", "t", .. trusting]);
        Assert.Equal(lines, await ReadAsync(servers, "t", ["-o", "beginning", .. trusting]));

        // Without the certificate it does not trust the broker.
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => KcatAsync(servers, null, ["-L", "-m", "3", .. secured]));
        Assert.Contains("certificate verify failed", failure.Message, StringComparison.Ordinal);
    }

    private static string Lines(int from, int to, Func<int, string>? line = null) =>
        string.Concat(Enumerable.Range(from, to - from).Select(i => (line?.Invoke(i) ?? $"v{i}") + "\n"));

    private static Task<string> KcatAsync(string servers, string? input, params string[] arguments) =>
        ClientProcess.RunAsync("kcat", [.. Base(servers), .. arguments], input);

    private static ClientProcess Start(string servers, params string[] arguments) => ClientProcess.Start("kcat", [.. Base(servers), .. arguments]);

    private static string[] Base(string servers) => ["-b", servers, "-X", $"client.id={ClientScenarios.Kcat}"];

    private static Task<string> WriteAsync(string servers, int from, int to) => KcatAsync(servers, Lines(from, to), "-P", "-t", "t", "-p", "0");

    private static Task<string[]> WriteToAllAsync(string servers, int from, int to) => Task.WhenAll(Enumerable.Range(0, 4).Select(
        p => KcatAsync(servers, Lines((p * 100) + from, (p * 100) + to), "-P", "-t", "t", "-p", $"{p}")));

    private static Task<string> ReadAsync(string servers, string topic, params string[] arguments) =>
        KcatAsync(servers, null, ["-C", "-t", topic, "-e", "-q", .. arguments]);

    private static List<string> Values(ClientProcess client) => [.. client.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>How many partitions the last rebalance gave, which kcat tells in a line such as "% Group g rebalanced (...): assigned: t [0], t [1]".</summary>
    private static int Assigned(ClientProcess client)
    {
        var last = client.Errors.Split('\n').LastOrDefault(line => line.Contains(" rebalanced ", StringComparison.Ordinal)) ?? "";
        return last.Contains("assigned: ", StringComparison.Ordinal) && !last.Contains("revoked: ", StringComparison.Ordinal) ? last.Split(" [").Length - 1 : 0;
    }
}
