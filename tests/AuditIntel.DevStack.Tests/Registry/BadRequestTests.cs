using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>What nobody should send, and what must not hurt anybody else.</summary>
[Collection(SharedRegistry.Name)]
public sealed class BadRequestTests(RegistryFixture fixture)
{
    private const int Mutations = 4000;
    private const int LargestBody = 4 << 20;

    private readonly TestRegistry _registry = fixture.Registry;

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"schema\":7}")]
    [InlineData("{\"schema\":\"\\\"int\\\"\",\"schema\":\"\\\"long\\\"\"}")]
    [InlineData("{\"schema\":\"\\\"int\\\"\"} more")]
    [InlineData("{\"schema\":\"\\ud800\"}")]
    [InlineData("{\"schema\":\"\\\"int\\\"\",\"references\":[{\"\\ud800\":1}]}")]
    [InlineData("{\"schema\":\"\\\"int\\\"\",\"version\":\"one\"}")]
    [InlineData("{\"schema\":\"\\\"int\\\"\",\"id\":1.5}")]
    public async Task Body_ShouldBe400_WhenItIsNoFittingJson(string body) =>
        (await _registry.PostAsync($"subjects/{fixture.NewSubject()}/versions", body)).Refused(400);

    /// <summary>Every answer to a damaged request is one of the registry's own, below 500, and it goes on.</summary>
    [Fact]
    public async Task DamagedBodies_ShouldBeAnswered()
    {
        var random = new Random(20_260);
        string subject = fixture.NewSubject();
        string body = Body(fixture.NewSchema("""{"name":"a","type":["null",{"type":"array","items":"long"}],"default":null}"""), ("normalize", true), ("version", 1));
        string[] paths = [$"subjects/{subject}/versions", $"subjects/{subject}", $"compatibility/subjects/{subject}/versions/latest", $"config/{subject}", $"mode/{subject}"];
        for (int i = 0; i < Mutations; i++)
        {
            byte[] damaged = Damage(Encoding.UTF8.GetBytes(body), random);
            string path = paths[i % paths.Length];
            using var request = new HttpRequestMessage(path.StartsWith("config") || path.StartsWith("mode") ? HttpMethod.Put : HttpMethod.Post, path);
            request.Content = new ByteArrayContent(damaged);
            using HttpResponseMessage response = await _registry.Http.SendAsync(request);
            Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} to mutation {i}: {Convert.ToBase64String(damaged)}");
        }

        await _registry.RegisterAsync(fixture.NewSubject(), fixture.NewSchema());
    }

    [Fact]
    public async Task DamagedPaths_ShouldBeAnswered()
    {
        var random = new Random(20_261);
        string[] paths = ["/subjects/a/versions/latest?deleted=true", "/schemas/ids/1/versions?offset=1&limit=2", "/schemas?subjectPrefix=a&latestOnly=true", "/config/a?defaultToGlobal=true"];
        for (int i = 0; i < 300; i++)
        {
            byte[] path = [.. Damage(Encoding.ASCII.GetBytes(paths[i % paths.Length]), random).Where(letter => letter is > 32 and < 127)];
            string status = await SendRawAsync($"GET /{Encoding.ASCII.GetString(path)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 (200|400|404|405|406|414|422) ", status);
        }
    }

    [Fact]
    public async Task DeepSchema_ShouldBeRefused_AndTheRegistryGoOn()
    {
        string deep = string.Concat(Enumerable.Repeat("""{"type":"array","items":""", 50_000)) + "\"int\"" + new string('}', 50_000);
        (await _registry.PostAsync($"subjects/{fixture.NewSubject()}/versions", Body(deep))).Refused(42201);
        string body = string.Concat(Enumerable.Repeat("""{"a":""", 50_000));
        (await _registry.PostAsync($"subjects/{fixture.NewSubject()}/versions", body)).Refused(400);
        await _registry.RegisterAsync(fixture.NewSubject(), fixture.NewSchema());
    }

    [Fact]
    public async Task HugeBody_ShouldBe413_BeforeItIsReadWhole()
    {
        string head = $"POST /subjects/{fixture.NewSubject()}/versions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
        Assert.StartsWith("HTTP/1.1 413 ", await SendRawAsync($"{head}Content-Length: {LargestBody + 1}\r\nConnection: close\r\n\r\n"));

        string chunk = new(' ', 1 << 20);
        string chunks = string.Concat(Enumerable.Repeat($"{chunk.Length:x}\r\n{chunk}\r\n", 5));
        Assert.StartsWith("HTTP/1.1 413 ", await SendRawAsync($"{head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunks}"));
        await _registry.RegisterAsync(fixture.NewSubject(), fixture.NewSchema());
    }

    [Fact]
    public async Task SlowBody_ShouldBeCutOff_AndKeepNobodyElseWaiting()
    {
        var clock = Stopwatch.StartNew();
        Task<string> slow = SendRawAsync(
            $"POST /subjects/{fixture.NewSubject()}/versions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n{{");
        await _registry.RegisterAsync(fixture.NewSubject(), fixture.NewSchema());
        Assert.False(slow.IsCompleted);
        Assert.StartsWith("HTTP/1.1 408 ", await slow);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{clock.Elapsed}");
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        List<byte> damaged = [.. bytes];
        for (int i = random.Next(1, 5); i > 0 && damaged.Count > 1; i--)
        {
            int at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.RemoveAt(at);
                    break;
                case 2:
                    damaged.Insert(at, (byte)"{}[]\",:\\0-9"[random.Next(11)]);
                    break;
                case 3:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
                default:
                    damaged.InsertRange(at, damaged.GetRange(0, random.Next(Math.Min(20, damaged.Count))));
                    break;
            }
        }

        return [.. damaged];
    }

    /// <summary>Sends bytes as they are, and returns what comes back until the registry closes the connection.</summary>
    private async Task<string> SendRawAsync(string request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(_registry.Url.Host, _registry.Url.Port, limit.Token);
        NetworkStream stream = client.GetStream();
        Task sending = SendAsync();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = new StringBuilder();
        try
        {
            while (await reader.ReadLineAsync(limit.Token) is { } line)
            {
                answer.Append(line).Append('\n');
            }
        }
        catch (IOException) when (answer.Length > 0)
        {
            // Closed with bytes of the request unread: the answer is what counts.
        }

        await sending;
        return answer.ToString();

        async Task SendAsync()
        {
            try
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(request), limit.Token);
            }
            catch (IOException)
            {
                // The registry need not read all of it.
            }
        }
    }
}
