using System.Globalization;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Alerts;
using AuditIntel.Sinks.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace AuditIntel.Sinks.Tests.Alerts;

public sealed class AlertDispatcherTests
{
    [Fact]
    public async Task Alert_ShouldReachEveryChannelThatItNames()
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        await using HttpReceiver one = await HttpReceiver.StartAsync();
        await using HttpReceiver two = await HttpReceiver.StartAsync();
        await using AlertDispatcher dispatcher = stack.Run($"channels:\n  a: {{ type: webhook, url: {one.Url} }}\n  b: {{ type: webhook, url: {two.Url} }}\n");

        stack.Send(AlertStack.Alert("x", "a"), AlertStack.Alert("y", "a", "b"), AlertStack.Alert("z", "b"));
        await AlertStack.UntilIdleAsync(dispatcher, 3);

        Assert.Equal(["x", "y"], Titles(one));
        Assert.Equal(["y", "z"], Titles(two));
        Assert.Equal((3, 4, 0), (dispatcher.Counters.Read, dispatcher.Counters.DeliveredCount, dispatcher.Counters.DeadLetters));
    }

    [Fact]
    public async Task FailedAttempts_ShouldBeRepeated_UntilTheOtherSideTakesTheAlert()
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        await using HttpReceiver receiver = await HttpReceiver.StartAsync(HttpReceiver.Status(500, 503, 408));
        await using AlertDispatcher dispatcher = stack.Run(Webhook(receiver));
        stack.Send(AlertStack.Alert("x"));
        await AlertStack.UntilIdleAsync(dispatcher, 1);
        Assert.Equal(4, receiver.Requests.Count);
        Assert.Single(receiver.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct());
        Assert.Equal((1, 3, 0), (dispatcher.Counters.DeliveredCount, dispatcher.Counters.Retries, dispatcher.Counters.DeadLetters));
    }

    [Fact]
    public async Task Throttling_ShouldBeObeyed()
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        var times = new List<DateTime>();
        await using HttpReceiver receiver = await HttpReceiver.StartAsync((number, context) =>
        {
            times.Add(DateTime.UtcNow);
            context.Response.StatusCode = number == 0 ? 429 : 200;
            context.Response.Headers.RetryAfter = "2";
            return Task.CompletedTask;
        });
        await using AlertDispatcher dispatcher = stack.Run(Webhook(receiver));
        stack.Send(AlertStack.Alert("x"));
        await AlertStack.UntilIdleAsync(dispatcher, 1);
        Assert.Equal(2, times.Count);
        Assert.True(times[1] - times[0] > TimeSpan.FromSeconds(1.9), $"{times[1] - times[0]}");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(302)]
    public async Task RefusedAlert_ShouldBeSetAside_WithReasonChannelAndOriginalBytes(int status)
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        await using HttpReceiver receiver = await HttpReceiver.StartAsync(HttpReceiver.Status(status));
        await using AlertDispatcher dispatcher = stack.Run(Webhook(receiver));
        stack.Send(AlertStack.Alert("x"), AlertStack.Alert("y"));
        await AlertStack.UntilIdleAsync(dispatcher, 2);

        DeadLetter letter = Assert.Single(await stack.DeadLettersAsync(1));
        Assert.Equal(("sink", "channel-refused", "c", Topics.Alerts.Name), (letter.Stage, letter.ErrorClass, letter.SourcePath, letter.OriginTopic));
        Assert.Equal(stack.Bytes(AlertStack.Alert("x")), letter.Payload);
        Assert.Contains($"answered {status}", letter.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(["x", "y"], Titles(receiver));
    }

    [Fact]
    public async Task DeadChannel_ShouldGiveUpInTime_AndNotHoldUpAnother()
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        await using HttpReceiver well = await HttpReceiver.StartAsync();
        await using AlertDispatcher dispatcher = stack.Run(
            $"channels:\n  dead: {{ type: webhook, url: 'http://127.0.0.1:1/token-in-path', giveUpAfter: 3s, breakFor: 500ms }}\n  well: {{ type: webhook, url: {well.Url} }}\n");
        Alert[] alerts = [.. Enumerable.Range(0, 20).Select(i => AlertStack.Alert($"n{i}", "dead", "well"))];

        stack.Send(alerts);
        await Wait.UntilAsync(() => Task.FromResult(well.Requests.Count == 20), seconds: 10);
        Assert.Equal(0, dispatcher.Counters.DeadLetters);
        await AlertStack.UntilIdleAsync(dispatcher, 20);

        IReadOnlyList<DeadLetter> letters = await stack.DeadLettersAsync(20);
        Assert.Equal(20, letters.Select(letter => letter.Id).Distinct().Count());
        Assert.All(letters, letter => Assert.Equal(("channel-unavailable", "dead"), (letter.ErrorClass, letter.SourcePath)));
        Assert.All(letters, letter => Assert.Contains("127.0.0.1:1", letter.ErrorMessage, StringComparison.Ordinal));
        Assert.All(letters, letter => Assert.DoesNotContain("token-in-path", letter.ErrorMessage, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SlowChannel_ShouldTimeOutAndNotHoldUpAnother()
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        await using HttpReceiver well = await HttpReceiver.StartAsync();
        await using HttpReceiver slow = await HttpReceiver.StartAsync((number, context) => number == 0 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask);
        await using AlertDispatcher dispatcher = stack.Run(
            $"channels:\n  slow: {{ type: webhook, url: {slow.Url}, timeout: 2s }}\n  well: {{ type: webhook, url: {well.Url} }}\n");
        stack.Send([.. Enumerable.Range(0, 5).Select(i => AlertStack.Alert($"n{i}", "slow", "well"))]);
        await Wait.UntilAsync(() => Task.FromResult(well.Requests.Count == 5));
        Assert.Single(slow.Requests);
        await AlertStack.UntilIdleAsync(dispatcher, 5);
        Assert.Equal(["n0", "n0", "n1", "n2", "n3", "n4"], Titles(slow));
    }

    [Fact]
    public async Task Channel_ShouldComeBack_WhenItsCircuitWasOpen()
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        await using HttpReceiver receiver = await HttpReceiver.StartAsync(HttpReceiver.Status(500, 500, 500, 500, 500));
        await using AlertDispatcher dispatcher = stack.Run($"channels:\n  c: {{ type: webhook, url: {receiver.Url}, breakFor: 500ms }}\n");
        stack.Send(AlertStack.Alert("x"), AlertStack.Alert("y"));
        await AlertStack.UntilIdleAsync(dispatcher, 2);
        Assert.Equal((2, 0), (dispatcher.Counters.DeliveredCount, dispatcher.Counters.DeadLetters));
    }

    [Fact]
    public async Task MoreThanTheQueueHolds_ShouldBecomeOneDigestThatSaysHowMany()
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        var open = new TaskCompletionSource();
        await using HttpReceiver receiver = await HttpReceiver.StartAsync((_, _) => open.Task);
        await using AlertDispatcher dispatcher = stack.Run($"channels:\n  c: {{ type: webhook, url: {receiver.Url}, queue: 3, timeout: 1m }}\n");
        stack.Send(AlertStack.Alert("first"));
        await Wait.UntilAsync(() => Task.FromResult(receiver.Requests.Count == 1));
        stack.Send([.. Enumerable.Range(0, 50).Select(i => AlertStack.Alert($"n{i}"))]);
        await Wait.UntilAsync(() => Task.FromResult(dispatcher.Counters.Read == 51));
        open.SetResult();
        await AlertStack.UntilIdleAsync(dispatcher, 51);

        Assert.Equal(5, receiver.Requests.Count);
        ReceivedRequest digest = receiver.Requests.Last();
        Assert.Equal("left-out", digest.Json.GetProperty("ruleId").GetString());
        Assert.StartsWith("47 alerts were left out here", digest.Json.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Contains("47 critical. Title of n", digest.Json.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Equal((51, 47, 1), (dispatcher.Counters.DeliveredCount, dispatcher.Counters.Folded, dispatcher.Counters.Digests));
    }

    [Fact]
    public async Task Rate_ShouldBeKept()
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        await using AlertDispatcher dispatcher = stack.Run($"channels:\n  c: {{ type: webhook, url: {receiver.Url}, rate: 4/s, burst: 1 }}\n");
        stack.Send([.. Enumerable.Range(0, 6).Select(i => AlertStack.Alert($"n{i}"))]);
        long start = Environment.TickCount64;
        await AlertStack.UntilIdleAsync(dispatcher, 6);
        Assert.InRange(Environment.TickCount64 - start, 1100, 20_000);
        Assert.Equal(6, receiver.Requests.Count);
    }

    [Fact]
    public async Task WhatIsNoAlert_ShouldBeSetAside_AndTheNextOneDelivered()
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        await using AlertDispatcher dispatcher = stack.Run(Webhook(receiver));
        stack.SendBytes([1, 2, 3]);
        stack.SendBytes([0, 0, 0, 0x7F, 0x7F, 1]);
        stack.SendBytes(null);
        stack.Send(AlertStack.Alert("elsewhere", "nobody\r\n"), AlertStack.Alert("nowhere") with { Channels = [] }, AlertStack.Alert("x"));
        await AlertStack.UntilIdleAsync(dispatcher, 6);
        Assert.Equal(
            ["corrupt-avro", "no-channel", "null-value", "unknown-channel", "unknown-schema"],
            (await stack.DeadLettersAsync(5)).Select(letter => letter.ErrorClass).Order());
        Assert.Equal(["x"], Titles(receiver));
    }

    [Fact]
    public async Task DispatcherThatDies_ShouldLoseNothing_AndSendNoAlertMoreThanTwice()
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        var gate = new TaskCompletionSource();
        await using HttpReceiver receiver = await HttpReceiver.StartAsync((number, context) => number == 30 ? gate.Task.WaitAsync(context.RequestAborted) : Task.CompletedTask);
        await using HttpReceiver other = await HttpReceiver.StartAsync();
        string yaml = $"channels:\n  c: {{ type: webhook, url: {receiver.Url}, timeout: 1m }}\n  d: {{ type: webhook, url: {other.Url} }}\n";
        stack.Send([.. Enumerable.Range(0, 100).Select(i => AlertStack.Alert($"n{i}", "c", "d"))]);

        // Ends while one receiver has an alert and has not answered, and the other one is further on.
        await using (var first = new AlertDispatcher(stack.Options(AlertStack.Channels(yaml)) with { StopTimeout = TimeSpan.Zero, CommitInterval = TimeSpan.FromMinutes(1) }))
        {
            _ = first.RunAsync(CancellationToken.None);
            await Wait.UntilAsync(() => Task.FromResult(receiver.Requests.Count == 31 && other.Requests.Count == 100));
        }

        await using AlertDispatcher second = stack.Run(yaml);
        await AlertStack.UntilIdleAsync(second, 1);

        foreach (HttpReceiver each in new[] { receiver, other })
        {
            int[] times = [.. each.Requests.GroupBy(request => request.Headers["Idempotency-Key"]).Select(group => group.Count())];
            Assert.Equal(100, times.Length);
            Assert.All(times, count => Assert.InRange(count, 1, 2));
        }

        Assert.Equal(0, second.Counters.DeadLetters);
    }

    [Fact]
    public async Task Stop_ShouldWaitForTheAlertOnItsWay_AndCommitIt()
    {
        await using AlertStack stack = await AlertStack.StartAsync();
        await using HttpReceiver receiver = await HttpReceiver.StartAsync((_, _) => Task.Delay(300));
        await using (AlertDispatcher first = stack.Run(Webhook(receiver)))
        {
            stack.Send(AlertStack.Alert("x"));
            await Wait.UntilAsync(() => Task.FromResult(receiver.Requests.Count == 1));
        }

        await using AlertDispatcher second = stack.Run(Webhook(receiver));
        stack.Send(AlertStack.Alert("y"));
        await AlertStack.UntilIdleAsync(second, 1);
        Assert.Equal(["x", "y"], Titles(receiver));
    }

    private static string Webhook(HttpReceiver receiver) => $"channels:\n  c: {{ type: webhook, url: {receiver.Url}, rate: 1000/s }}\n";

    private static string[] Titles(HttpReceiver receiver) =>
        [.. receiver.Requests.Select(request => request.Json.GetProperty("title").GetString()!["Title of ".Length..].ToString(CultureInfo.InvariantCulture))];
}
