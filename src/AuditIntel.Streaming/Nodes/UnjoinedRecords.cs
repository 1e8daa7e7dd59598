using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Records of a left or outer join of two streams that have met no other, until their windows close. One for both sides of a task.</summary>
internal sealed class UnjoinedRecords<TKey, TLeft, TRight, TOut>(
    OrderedKeyValueStore<PendingKey<TKey>, PendingValue<TLeft, TRight>> store,
    JoinWindows windows,
    Func<TKey?, TLeft?, TRight?, TOut> join,
    INode<TKey, TOut> next)
    where TKey : notnull
{
    private readonly List<PendingKey<TKey>> _closed = [];

    public WaitingRecords<TKey, TLeft, TRight> ForLeft() => new LeftSide(this);

    public WaitingRecords<TKey, TRight, TLeft> ForRight() => new RightSide(this);

    private void GiveClosed(long streamTimeMs)
    {
        if (store.Count == 0 || !IsClosed(store.Keys.Min.TimeMs, Math.Min(windows.BeforeMs, windows.AfterMs), streamTimeMs))
        {
            return;
        }

        // Sorted by time, and each side has a reach of its own: behind the first record that even the shorter reach leaves open, all are open.
        foreach (PendingKey<TKey> key in store.Keys)
        {
            if (!IsClosed(key.TimeMs, Math.Min(windows.BeforeMs, windows.AfterMs), streamTimeMs))
            {
                break;
            }

            if (IsClosed(key.TimeMs, key.IsLeft ? windows.AfterMs : windows.BeforeMs, streamTimeMs))
            {
                _closed.Add(key);
            }
        }

        foreach (PendingKey<TKey> key in _closed)
        {
            store.TryGet(key, out PendingValue<TLeft, TRight> value);
            store.Delete(key);
            next.Process(new Record<TKey, TOut>(key.Key, join(key.Key, value.Left, value.Right), key.TimeMs, []));
        }

        _closed.Clear();
    }

    private bool IsClosed(long timeMs, long reachMs, long streamTimeMs) => timeMs + reachMs + windows.GraceMs < streamTimeMs;

    private sealed class LeftSide(UnjoinedRecords<TKey, TLeft, TRight, TOut> all) : WaitingRecords<TKey, TLeft, TRight>
    {
        public override void GiveClosed(long streamTimeMs) => all.GiveClosed(streamTimeMs);

        public override void Remove(long timeMs, int number, TKey key) => all.Delete(new PendingKey<TKey>(timeMs, IsLeft: false, number, key));

        public override void Add(long timeMs, int number, TKey key, TLeft value) =>
            all.Put(new PendingKey<TKey>(timeMs, IsLeft: true, number, key), new PendingValue<TLeft, TRight>(true, value, default));
    }

    private sealed class RightSide(UnjoinedRecords<TKey, TLeft, TRight, TOut> all) : WaitingRecords<TKey, TRight, TLeft>
    {
        public override void GiveClosed(long streamTimeMs) => all.GiveClosed(streamTimeMs);

        public override void Remove(long timeMs, int number, TKey key) => all.Delete(new PendingKey<TKey>(timeMs, IsLeft: true, number, key));

        public override void Add(long timeMs, int number, TKey key, TRight value) =>
            all.Put(new PendingKey<TKey>(timeMs, IsLeft: false, number, key), new PendingValue<TLeft, TRight>(false, default, value));
    }

    private void Put(PendingKey<TKey> key, PendingValue<TLeft, TRight> value) => store.Put(key, value, key.TimeMs);

    private void Delete(PendingKey<TKey> key) => store.Delete(key);
}
