using AuditIntel.Sinks.Redis;

namespace AuditIntel.Sinks.Tests.Stack;

/// <summary>Redis ends and comes back under a sink that runs.</summary>
internal static class RedisOutage
{
    /// <param name="sink">Not started; its topics are empty.</param>
    /// <param name="redis">The Redis that it writes to.</param>
    /// <param name="send">Sends a record of this name.</param>
    public static async Task ShouldCostOnlyTheCacheAsync(RedisSink sink, RedisProcess redis, Func<string, Task> send)
    {
        var run = sink.RunAsync(CancellationToken.None);
        await send("before");
        await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Written == 1));
        redis.Stop();
        await send("meanwhile");
        await Wait.UntilAsync(() => Task.FromResult(sink.Counters.Skipped == 1));
        redis.Start();

        var sent = 0;
        await Wait.UntilAsync(async () =>
        {
            await send($"after {sent++}");
            return sink.Counters.Written > 1;
        });

        Assert.False(run.IsCompleted);
    }
}
