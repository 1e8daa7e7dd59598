using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>
/// Keeps a result a key and window. A record goes into every window that holds its timestamp and is not closed: whose end and grace stream time has not
/// passed; a record that is late for all of them is dropped.
/// </summary>
internal sealed class TimeWindowAggregateNode<TKey, TValue, TResult> : INode<TKey, TValue>
    where TKey : notnull
{
    private readonly TimeWindows _windows;
    private readonly StreamAggregation<TKey, TValue, TResult> _aggregation;
    private readonly WindowStore<TKey, TResult> _store;
    private readonly TaskContext _context;
    private readonly ClosedWindows<TKey, TResult>? _closed;

    public TimeWindowAggregateNode(
        TimeWindows windows,
        StreamAggregation<TKey, TValue, TResult> aggregation,
        WindowStore<TKey, TResult> store,
        EmitStrategy emit,
        TaskContext context,
        INode<Windowed<TKey>, Change<TResult>> next)
    {
        _windows = windows;
        _aggregation = aggregation;
        _store = store;
        _context = context;
        if (emit == EmitStrategy.OnWindowClose)
        {
            _closed = new ClosedWindows<TKey, TResult>(store, windows.SizeMs, windows.AdvanceMs, windows.GraceMs, next);
        }
        else
        {
            store.ForwardTo(next);
        }
    }

    public void Process(in Record<TKey, TValue> record)
    {
        if (!record.HasKey || !record.HasValue)
        {
            _context.Drop();
            return;
        }

        // Before this record's windows are stored: that may move others out of retention.
        _closed?.Advance(record.TimestampMs, record.Headers);
        long closedEnd = _store.Observe(record.TimestampMs) - _windows.GraceMs;
        bool late = true;
        for (long start = _windows.FirstStart(record.TimestampMs); start <= record.TimestampMs; start += _windows.AdvanceMs)
        {
            if (start + _windows.SizeMs > closedEnd)
            {
                late = false;
                Add(in record, start);
            }
        }

        if (late)
        {
            _context.Drop();
        }
    }

    private void Add(in Record<TKey, TValue> record, long start)
    {
        bool exists = _store.TryFetch(record.Key!, start, out TResult? old, out long timestampMs);
        TResult result = _aggregation.Apply(record.Key!, record.Value!, exists, old);
        _store.Update(
            record.Key!,
            start,
            Change<TResult>.Of(result, result is not null, old, exists),
            Math.Max(record.TimestampMs, timestampMs),
            record.Headers);
    }
}
