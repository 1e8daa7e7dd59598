using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Alerts.Channels;
using Microsoft.AspNetCore.Http;

namespace AuditIntel.Sinks.Tests.Alerts;

public sealed class HttpChannelTests
{
    [Fact]
    public async Task Webhook_ShouldSendSignedJson()
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        using IAlertChannel channel = AlertStack.Channel($"type: webhook, url: {receiver.Url}/in, secretEnv: KEY", ("KEY", "s3cret-key"));
        Alert alert = AlertStack.Alert("a");

        await channel.SendAsync(alert, CancellationToken.None);

        ReceivedRequest request = Assert.Single(receiver.Requests);
        Assert.Equal("/in", request.Path);
        Assert.Equal(alert.Id, request.Headers["Idempotency-Key"]);
        string timestamp = request.Headers["X-AuditIntel-Timestamp"];
        Assert.InRange(long.Parse(timestamp, CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes("s3cret-key"), Encoding.UTF8.GetBytes(timestamp + "." + request.Body));
        Assert.Equal("v1=" + Convert.ToHexStringLower(signature), request.Headers["X-AuditIntel-Signature"]);
        JsonElement json = request.Json;
        Assert.Equal("firing", json.GetProperty("state").GetString());
        Assert.Equal("critical", json.GetProperty("severity").GetString());
        Assert.Equal("100000000000000000000", json.GetProperty("value").GetString());
        Assert.False(json.GetProperty("reasons")[0].TryGetProperty("usualHigh", out _));
        Assert.Equal("to:phishing", json.GetProperty("labels")[0].GetString());
    }

    [Fact]
    public async Task Webhook_ShouldGiveTheResolutionAKeyOfItsOwn()
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        using IAlertChannel channel = AlertStack.Channel($"type: webhook, url: {receiver.Url}");
        await channel.SendAsync(AlertStack.Alert("a") with { Resolved = true }, CancellationToken.None);
        ReceivedRequest request = Assert.Single(receiver.Requests);
        Assert.Equal(AlertStack.Alert("a").Id + ".resolved", request.Headers["Idempotency-Key"]);
        Assert.Equal("resolved", request.Json.GetProperty("state").GetString());
        Assert.DoesNotContain("X-AuditIntel-Signature", request.Headers.Keys);
    }

    [Fact]
    public async Task Slack_ShouldSendBlocksWithoutMarkup()
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        using IAlertChannel channel = AlertStack.Channel("type: slack, urlEnv: HOOK", ("HOOK", receiver.Url + "/services/T000/B000/abcdefghijkl"));

        await channel.SendAsync(AlertStack.Alert("a") with { Title = "<!channel> *bold* & <http://evil|click>", Summary = new string('&', 5000) }, CancellationToken.None);

        JsonElement json = Assert.Single(receiver.Requests).Json;
        JsonElement[] blocks = [.. json.GetProperty("blocks").EnumerateArray()];
        Assert.Equal("[CRITICAL] &lt;!channel&gt; *bold* &amp; &lt;http://evil|click&gt;", blocks[0].GetProperty("text").GetProperty("text").GetString());
        Assert.Equal("plain_text", blocks[0].GetProperty("text").GetProperty("type").GetString());
        Assert.InRange(blocks[1].GetProperty("text").GetProperty("text").GetString()!.Length, 2000, 3000);
        Assert.InRange(blocks[2].GetProperty("fields").GetArrayLength(), 1, 10);
        Assert.All(blocks[2].GetProperty("fields").EnumerateArray(), field => Assert.Equal("plain_text", field.GetProperty("type").GetString()));
        Assert.DoesNotContain("<!channel>", json.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a & b", 100, "a &amp; b")]
    [InlineData("&&&&&&&&&&&&&&&&&&&&", 40, null)]
    [InlineData("<<<<", 16, "&lt;&lt;&lt;&lt;")]
    public void SlackText_ShouldNeverBeCutInsideAnEscape(string text, int longest, string? expected)
    {
        string escaped = SlackChannel.Escape(text, longest);
        Assert.True(escaped.Length <= longest);
        Assert.Equal(expected ?? escaped, escaped);
        Assert.DoesNotContain('&', escaped.Replace("&amp;", "", StringComparison.Ordinal).Replace("&lt;", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PagerDuty_ShouldTriggerAndResolveByTheAlertsId()
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync(HttpReceiver.Status(202, 202));
        using IAlertChannel channel = AlertStack.Channel($"type: pagerduty, url: {receiver.Url}, secretEnv: KEY", ("KEY", "R0UT1NGKEY"));
        Alert alert = AlertStack.Alert("a");

        await channel.SendAsync(alert, CancellationToken.None);
        await channel.SendAsync(alert with { Resolved = true }, CancellationToken.None);

        ReceivedRequest[] requests = [.. receiver.Requests];
        Assert.All(requests, request => Assert.Equal("/v2/enqueue", request.Path));
        Assert.Equal(["trigger", "resolve"], requests.Select(request => request.Json.GetProperty("event_action").GetString()));
        Assert.All(requests, request => Assert.Equal((alert.Id, "R0UT1NGKEY"), (request.Json.GetProperty("dedup_key").GetString(), request.Json.GetProperty("routing_key").GetString())));
        JsonElement payload = requests[0].Json.GetProperty("payload");
        Assert.Equal(("critical", "1/0xabc", "severe"), (payload.GetProperty("severity").GetString(), payload.GetProperty("source").GetString(), payload.GetProperty("class").GetString()));
        Assert.Equal(0.97, payload.GetProperty("custom_details").GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task Alertmanager_ShouldGetTheSecretAsTheFileSays()
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        using IAlertChannel bearer = AlertStack.Channel($"type: alertmanager, url: {receiver.Url}/am/, secretEnv: KEY", ("KEY", "token"));
        using IAlertChannel basic = AlertStack.Channel($"type: alertmanager, url: {receiver.Url}, user: u, secretEnv: KEY", ("KEY", "token"));
        await bearer.SendAsync(AlertStack.Alert("a"), CancellationToken.None);
        await basic.SendAsync(AlertStack.Alert("a"), CancellationToken.None);
        Assert.Equal(["/am/api/v2/alerts", "/api/v2/alerts"], receiver.Requests.Select(request => request.Path));
        Assert.Equal(["Bearer token", "Basic dTp0b2tlbg=="], receiver.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(410, false)]
    [InlineData(301, false)]
    [InlineData(307, false)]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public async Task Answer_ShouldSayWhetherToTryAgain(int status, bool isPassing)
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync((_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            context.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        });
        using IAlertChannel channel = AlertStack.Channel($"type: webhook, url: {receiver.Url}");

        Exception? error = await Record.ExceptionAsync(() => channel.SendAsync(AlertStack.Alert("a"), CancellationToken.None));

        Assert.Single(receiver.Requests);
        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), error!.Message, StringComparison.Ordinal);
        Assert.Equal(isPassing ? typeof(ChannelUnavailableException) : typeof(ChannelRefusedException), error.GetType());
        Assert.True(!isPassing || ((ChannelUnavailableException)error).RetryAfter == TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Secrets_ShouldNotAppearInFaults_EvenWhenTheServerRepeatsThem()
    {
        const string hook = "/services/T00000000/B00000000/XXXXYYYYZZZZ";
        await using HttpReceiver receiver = await HttpReceiver.StartAsync(async (_, context) =>
        {
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync($"no {hook.Replace("/", "\\/", StringComparison.Ordinal)} and no {context.Request.Path} and no T00000000");
        });
        using IAlertChannel channel = AlertStack.Channel("type: slack, urlEnv: HOOK", ("HOOK", receiver.Url + hook));
        Exception error = await Assert.ThrowsAsync<ChannelRefusedException>(() => channel.SendAsync(AlertStack.Alert("a"), CancellationToken.None));
        Assert.Contains("403", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("XXXXYYYYZZZZ", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("T00000000", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatIsNotThere_ShouldBeNamedByHostOnly()
    {
        using IAlertChannel channel = AlertStack.Channel("type: slack, urlEnv: HOOK", ("HOOK", "http://127.0.0.1:1/services/XXXXYYYYZZZZ"));
        Exception error = await Assert.ThrowsAsync<ChannelUnavailableException>(() => channel.SendAsync(AlertStack.Alert("a"), CancellationToken.None));
        Assert.StartsWith("127.0.0.1:1 cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("XXXXYYYYZZZZ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_ShouldWriteOneCleanLine()
    {
        using var output = new StringWriter();
        using IAlertChannel channel = AlertStack.Channels("channels: { c: { type: console } }").Channels[0].Open(TimeProvider.System, output);
        await channel.SendAsync(AlertStack.Alert("a") with { Title = "red\u001b[31m\r\nsecond\u202eline" }, CancellationToken.None);
        string text = output.ToString();
        Assert.Equal($"2024-05-17T12:30:15Z [CRITICAL] red [31m  second line tx {AlertStack.Alert("a").TransactionHash} (severe){Environment.NewLine}", text);
    }
}
