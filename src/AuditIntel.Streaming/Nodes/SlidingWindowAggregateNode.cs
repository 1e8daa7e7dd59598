using AuditIntel.Kafka;
using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>
/// Keeps a result for every distinct set of a key's records that are at most the time difference apart (KIP-450): each record ends one window (its left
/// one) and begins another behind it (its right one) as soon as that has records. A window's timestamp is its newest record's. Records before the first
/// time difference of all share the window that begins at zero.
/// </summary>
internal sealed class SlidingWindowAggregateNode<TKey, TValue, TResult> : INode<TKey, TValue>
    where TKey : notnull
{
    private readonly long _differenceMs;
    private readonly long _graceMs;
    private readonly StreamAggregation<TKey, TValue, TResult> _aggregation;
    private readonly WindowStore<TKey, TResult> _store;
    private readonly TaskContext _context;
    private readonly ClosedWindows<TKey, TResult>? _closed;
    private readonly List<WindowEntry<TResult>> _windows = [];
    private long _closedEndMs;

    public SlidingWindowAggregateNode(
        SlidingWindows windows,
        StreamAggregation<TKey, TValue, TResult> aggregation,
        WindowStore<TKey, TResult> store,
        EmitStrategy emit,
        TaskContext context,
        INode<Windowed<TKey>, Change<TResult>> next)
    {
        _differenceMs = windows.TimeDifferenceMs;
        _graceMs = windows.GraceMs;
        _aggregation = aggregation;
        _store = store;
        _context = context;
        if (emit == EmitStrategy.OnWindowClose)
        {
            // The end is included: the window is closed one millisecond behind it.
            _closed = new ClosedWindows<TKey, TResult>(store, _differenceMs + 1, 1, _graceMs, next);
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

        _closed?.Advance(record.TimestampMs, record.Headers);
        _closedEndMs = _store.Observe(record.TimestampMs) - _graceMs;
        if (record.TimestampMs + 1 + _differenceMs <= _closedEndMs)
        {
            _context.Drop();
            return;
        }

        _windows.Clear();
        if (record.TimestampMs < _differenceMs)
        {
            ProcessEarly(in record);
        }
        else
        {
            ProcessUsual(in record);
        }
    }

    private void ProcessUsual(in Record<TKey, TValue> record)
    {
        long time = record.TimestampMs;
        _store.Collect(record.Key!, Math.Max(0, time - (2 * _differenceMs)), time + 1, _windows);
        WindowEntry<TResult>? right = null;
        WindowEntry<TResult>? left = null;
        long previous = -1;
        bool hasLeft = false;
        bool hasRight = false;

        // From the newest window back to the first that ends before the record.
        for (int i = _windows.Count - 1; i >= 0; i--)
        {
            WindowEntry<TResult> window = _windows[i];
            long end = window.TimeMs + _differenceMs;
            if (window.TimeMs == time + 1)
            {
                hasRight = true;
            }
            else if (end > time)
            {
                right ??= window;
                Add(in record, window);
            }
            else if (end == time)
            {
                hasLeft = true;
                previous = window.TimestampMs < time ? window.TimestampMs : -1;
                Add(in record, window);
                if (previous < 0)
                {
                    // The record's twin has made every window already.
                    return;
                }
            }
            else
            {
                if (!hasLeft)
                {
                    left = window;
                    previous = window.TimestampMs;
                }

                break;
            }
        }

        AddRight(in record, right, hasRight);
        if (previous >= 0 && previous + 1 + _differenceMs >= time && !Exists(previous + 1))
        {
            Start(in record, previous + 1);
        }

        if (!hasLeft)
        {
            if (left is { } before && previous >= time - _differenceMs)
            {
                Add(in record, new WindowEntry<TResult>(time - _differenceMs, 0, before.Value, time), isNew: true);
            }
            else
            {
                Start(in record, time - _differenceMs);
            }
        }
    }

    /// <summary>Windows do not begin before zero: the first one holds all early records.</summary>
    private void ProcessEarly(in Record<TKey, TValue> record)
    {
        long time = record.TimestampMs;
        _store.Collect(record.Key!, 0, time + 1, _windows);
        WindowEntry<TResult>? combined = null;
        WindowEntry<TResult>? right = null;
        long previous = -1;
        bool hasRight = false;
        foreach (WindowEntry<TResult> window in _windows)
        {
            if (window.TimeMs == 0)
            {
                combined = window;
                previous = window.TimestampMs < time ? window.TimestampMs : -1;
            }
            else if (window.TimeMs <= time)
            {
                right = window;
                Add(in record, window);
            }
            else
            {
                hasRight = true;
            }
        }

        if (right is null && combined is { } all && all.TimestampMs > time)
        {
            right = combined;
        }

        AddRight(in record, right, hasRight);
        if (previous >= 0 && !Exists(previous + 1))
        {
            Start(in record, previous + 1);
        }

        if (combined is { } first)
        {
            Add(in record, first);
        }
        else
        {
            Start(in record, 0);
        }
    }

    private bool Exists(long start)
    {
        foreach (WindowEntry<TResult> window in _windows)
        {
            if (window.TimeMs == start)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The window behind the record has the records that a window around it has behind it.</summary>
    private void AddRight(in Record<TKey, TValue> record, WindowEntry<TResult>? right, bool exists)
    {
        if (!exists && right is { } behind && behind.TimestampMs > record.TimestampMs)
        {
            Store(record.Key!, record.TimestampMs + 1, new Change<TResult>(behind.Value, default, hasOld: false), behind.TimestampMs, record.Headers);
        }
    }

    private void Start(in Record<TKey, TValue> record, long start)
    {
        TResult result = _aggregation.Apply(record.Key!, record.Value!, exists: false, default);
        Store(record.Key!, start, Change<TResult>.Of(result, result is not null, default, hasOld: false), record.TimestampMs, record.Headers);
    }

    private void Add(in Record<TKey, TValue> record, WindowEntry<TResult> window, bool isNew = false)
    {
        TResult result = _aggregation.Apply(record.Key!, record.Value!, exists: true, window.Value);
        Store(
            record.Key!,
            window.TimeMs,
            Change<TResult>.Of(result, result is not null, isNew ? default : window.Value, !isNew),
            Math.Max(record.TimestampMs, window.TimestampMs),
            record.Headers);
    }

    private void Store(TKey key, long start, in Change<TResult> change, long timestampMs, IReadOnlyList<RecordHeader> headers)
    {
        if (start + _differenceMs >= _closedEndMs)
        {
            _store.Update(key, start, in change, timestampMs, headers);
        }
        else
        {
            _context.Drop();
        }
    }
}
