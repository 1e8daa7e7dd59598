using AuditIntel.Kafka;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>
/// Gives windows downstream once they are closed, in the order of their starts, then of their keys' bytes. Stream time survives restarts with the store,
/// so nothing is given twice that a commit covers.
/// </summary>
internal sealed class ClosedWindows<TKey, TResult>(
    WindowStore<TKey, TResult> store, long sizeMs, long advanceMs, long graceMs, INode<Windowed<TKey>, Change<TResult>> next)
    where TKey : notnull
{
    /// <summary>Gives the windows that are closed at this time and were not before.</summary>
    public void Advance(long timestampMs, IReadOnlyList<RecordHeader> headers)
    {
        long first = store.StreamTimeMs < 0 ? 0 : LastClosedStart(store.StreamTimeMs) + 1;
        long last = LastClosedStart(timestampMs);
        if (last < Math.Max(first, 0) || (first > 0 && last / advanceMs == (first - 1) / advanceMs))
        {
            return;
        }

        List<(KeyValuePair<Windowed<TKey>, TResult> Window, byte[] Key)> closed = [];
        foreach (KeyValuePair<Windowed<TKey>, TResult> window in store.FetchAll(first, last))
        {
            closed.Add((window, store.BytesOf(window.Key.Key)));
        }

        closed.Sort(static (a, b) =>
        {
            int byStart = a.Window.Key.StartMs.CompareTo(b.Window.Key.StartMs);
            return byStart != 0 ? byStart : a.Key.AsSpan().SequenceCompareTo(b.Key);
        });
        foreach ((KeyValuePair<Windowed<TKey>, TResult> window, _) in closed)
        {
            store.TryFetch(window.Key.Key, window.Key.StartMs, out _, out long resultMs);
            next.Process(new Record<Windowed<TKey>, Change<TResult>>(
                window.Key, new Change<TResult>(window.Value, default, hasOld: false), resultMs, headers));
        }
    }

    private long LastClosedStart(long streamTimeMs) => streamTimeMs - graceMs - sizeMs;
}
