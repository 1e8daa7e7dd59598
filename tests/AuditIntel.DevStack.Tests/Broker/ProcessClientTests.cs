using System.Diagnostics;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>Independent clients, unchanged, as processes of their own. Where one is not installed the test says so and fails.</summary>
public sealed class ProcessClientTests : IAsyncLifetime
{
    private TestBroker _broker = null!;

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync();

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("snappy")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public async Task Kcat_ShouldReadWhatItWrote(string compression)
    {
        var lines = string.Concat(Enumerable.Range(0, 200).Select(i => $"k{i}:v{i}\n"));
        await RunAsync("kcat", ["-b", _broker.Servers, "-t", "t", "-P", "-K", ":", "-z", compression], lines);
        var read = await RunAsync("kcat", ["-b", _broker.Servers, "-t", "t", "-C", "-e", "-q", "-K", ":", "-o", "beginning"]);
        Assert.Equal(lines, read);
    }

    [Fact]
    public async Task Kcat_ShouldResumeItsGroup()
    {
        await RunAsync("kcat", ["-b", _broker.Servers, "-t", "t", "-P"], "a\nb\nc\n");
        string[] group = ["-b", _broker.Servers, "-G", "g", "-e", "-q", "-X", "auto.offset.reset=earliest", "t"];
        Assert.Equal("a\nb\nc\n", await RunAsync("kcat", group));
        await RunAsync("kcat", ["-b", _broker.Servers, "-t", "t", "-P"], "d\n");
        Assert.Equal("d\n", await RunAsync("kcat", group));
    }

    [Theory]
    [InlineData("None")]
    [InlineData("'gzip'")]
    [InlineData("'lz4'")]
    public async Task KafkaPython_ShouldProduceConsumeCommitAndResume(string compression)
    {
        var script = $$"""
            from kafka import KafkaProducer, KafkaConsumer, KafkaAdminClient, TopicPartition
            from kafka.admin import NewTopic
            b = '{{_broker.Servers}}'
            admin = KafkaAdminClient(bootstrap_servers=b)
            admin.create_topics([NewTopic('p', 2, 1)])
            def codec(name):
                try:
                    return KafkaProducer(bootstrap_servers=b, compression_type=name)
                except AssertionError:
                    return KafkaProducer(bootstrap_servers=b)
            p = codec({{compression}})
            for i in range(100): p.send('p', key=b'k%d' % i, value=b'v%d' % i).get(10)
            def read(n):
                c = KafkaConsumer('p', bootstrap_servers=b, group_id='g', auto_offset_reset='earliest', enable_auto_commit=False, consumer_timeout_ms=15000)
                seen = []
                for r in c:
                    seen.append(r.value)
                    if len(seen) == n: break
                c.commit(); c.close()
                return seen
            first = read(100)
            for i in range(5): p.send('p', b'w%d' % i).get(10)
            print(len(set(first)), sorted(read(5)))
            c = KafkaConsumer(bootstrap_servers=b)
            tps = [TopicPartition('p', i) for i in range(2)]
            print(sum(c.end_offsets(tps).values()), sum(c.beginning_offsets(tps).values()))
            print([g for g, _ in admin.list_consumer_groups()], admin.describe_consumer_groups(['g'])[0].state)
            """;
        var output = await RunAsync("/usr/bin/python3", ["-W", "ignore", "-c", script]);
        Assert.Equal("100 [b'w0', b'w1', b'w2', b'w3', b'w4']\n105 0\n['g'] Empty\n", output);
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string? input = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
        return await output;
    }
}
