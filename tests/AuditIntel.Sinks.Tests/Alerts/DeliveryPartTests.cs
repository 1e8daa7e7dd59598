using AuditIntel.Contracts;
using AuditIntel.Sinks.Alerts.Delivery;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Sinks.Tests.Alerts;

public sealed class DeliveryPartTests
{
    [Fact]
    public void Ledger_ShouldCommitOnlyWhatHasNothingUnfinishedBeforeIt() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), order =>
        {
            var ledger = new PartitionLedger("t", 0);
            long[] offsets = [.. Enumerable.Range(0, order.Length).Select(i => (long)i * 3)];
            Array.ForEach(offsets, ledger.Begin);
            var open = new SortedSet<long>(offsets);
            foreach (long done in offsets.Zip(order).OrderBy(pair => pair.Second).Select(pair => pair.First))
            {
                ledger.Done(done);
                open.Remove(done);
                long lastBefore = offsets.Where(offset => open.Count == 0 || offset < open.Min).DefaultIfEmpty(-2).Max();
                Assert.Equal(lastBefore + 1 < 0 ? -1 : lastBefore + 1, ledger.Next());
            }

            Assert.Equal(0, ledger.Pending);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Queue_ShouldKeepTheOrderAndLoseNothing()
    {
        using var queue = new ChannelQueue(2, 3);
        Assert.Equal([true, true, true, true, true, false], Enumerable.Range(0, 6).Select(i => queue.TryAdd(Delivery($"n{i}"))));
        Assert.Equal(["n0"], await TakeAsync(queue));
        Assert.Equal(["n1"], await TakeAsync(queue));
        Assert.Equal(["n2", "n3", "n4"], await TakeAsync(queue));
        Assert.Equal(0, queue.Count);
        Assert.True(queue.TryAdd(Delivery("n6")));
        Assert.Equal(["n6"], await TakeAsync(queue));
    }

    [Fact]
    public async Task Resolution_ShouldFollowItsAlert_IntoTheDigestOrOnItsOwn()
    {
        using var queue = new ChannelQueue(1, 10);
        queue.TryAdd(Delivery("own"));
        queue.TryAdd(Delivery("folded"));
        queue.TryAdd(Delivery("folded", resolved: true));
        queue.TryAdd(Delivery("own", resolved: true));
        Assert.Equal(["own"], await TakeAsync(queue));
        Assert.Equal(["own resolved"], await TakeAsync(queue));
        Assert.Equal(["folded", "folded resolved"], await TakeAsync(queue));
    }

    [Fact]
    public void Bucket_ShouldGiveTheBurstAtOnce_AndThenTheRate()
    {
        var clock = new HandClock();
        var bucket = new TokenBucket(2, 3, clock);
        Assert.Equal([0, 0, 0, 500, 1000], Enumerable.Range(0, 5).Select(_ => bucket.Take().TotalMilliseconds));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([0, 0, 0, 500], Enumerable.Range(0, 4).Select(_ => bucket.Take().TotalMilliseconds));
    }

    private static AlertDelivery Delivery(string name, bool resolved = false) =>
        new(AlertStack.Alert(name) with { Resolved = resolved }, [], [], new PartitionLedger("t", 0), 0, 1, 0);

    private static async Task<IEnumerable<string>> TakeAsync(ChannelQueue queue)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return (await queue.TakeAsync(limit.Token)).Select(each => each.Alert.Title["Title of ".Length..] + (each.Alert.Resolved ? " resolved" : ""));
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
