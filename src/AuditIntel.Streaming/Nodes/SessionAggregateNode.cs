using AuditIntel.Kafka;
using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>
/// Keeps a result a key and session. A record joins every session within the gap of it; sessions whose bounds change are deleted under their old bounds
/// before the new one is given. A record whose session has closed is dropped.
/// </summary>
internal sealed class SessionAggregateNode<TKey, TValue, TResult> : INode<TKey, TValue>
    where TKey : notnull
{
    private readonly SessionWindows _windows;
    private readonly StreamAggregation<TKey, TValue, TResult> _aggregation;
    private readonly Func<TKey, TResult, TResult, TResult> _merge;
    private readonly SessionStore<TKey, TResult> _store;
    private readonly TaskContext _context;
    private readonly INode<Windowed<TKey>, Change<TResult>>? _onClose;
    private readonly List<KeyValuePair<Windowed<TKey>, TResult>> _found = [];

    public SessionAggregateNode(
        SessionWindows windows,
        StreamAggregation<TKey, TValue, TResult> aggregation,
        Func<TKey, TResult, TResult, TResult> merge,
        SessionStore<TKey, TResult> store,
        EmitStrategy emit,
        TaskContext context,
        INode<Windowed<TKey>, Change<TResult>> next)
    {
        _windows = windows;
        _aggregation = aggregation;
        _merge = merge;
        _store = store;
        _context = context;
        if (emit == EmitStrategy.OnWindowClose)
        {
            _onClose = next;
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

        if (_onClose is not null)
        {
            GiveClosed(record.TimestampMs, record.Headers);
        }

        long time = record.TimestampMs;
        long closedEnd = _store.Observe(time) - _windows.GraceMs - _windows.GapMs;
        _found.Clear();
        _store.Collect(record.Key!, time - _windows.GapMs, time + _windows.GapMs, _found);
        long start = time;
        long end = time;
        foreach (KeyValuePair<Windowed<TKey>, TResult> session in _found)
        {
            start = Math.Min(start, session.Key.StartMs);
            end = Math.Max(end, session.Key.EndMs);
        }

        if (end < closedEnd)
        {
            _context.Drop();
            return;
        }

        Merge(in record, new Windowed<TKey>(record.Key!, start, end));
    }

    private void Merge(in Record<TKey, TValue> record, Windowed<TKey> merged)
    {
        TResult? result = default;
        TResult? old = default;
        bool exists = false;
        bool existed = false;
        foreach ((Windowed<TKey> session, TResult value) in _found)
        {
            result = exists ? _merge(record.Key!, result!, value) : value;
            exists = true;
            if (session.StartMs == merged.StartMs && session.EndMs == merged.EndMs)
            {
                (old, existed) = (value, true);
            }
            else
            {
                _store.Update(session, Change<TResult>.Deletion(value, hasOld: true), record.Headers);
            }
        }

        TResult now = _aggregation.Apply(record.Key!, record.Value!, exists, result);
        _store.Update(merged, Change<TResult>.Of(now, now is not null, old, existed), record.Headers);
    }

    private void GiveClosed(long timestampMs, IReadOnlyList<RecordHeader> headers)
    {
        long reach = _windows.GraceMs + _windows.GapMs;
        long first = _store.StreamTimeMs < 0 ? 0 : Math.Max(0, _store.StreamTimeMs - reach);
        long last = timestampMs - reach - 1;
        if (last < first)
        {
            return;
        }

        List<(KeyValuePair<Windowed<TKey>, TResult> Session, byte[] Key)> closed = [];
        foreach (KeyValuePair<Windowed<TKey>, TResult> session in _store.EndingBetween(first, last))
        {
            closed.Add((session, _store.BytesOf(session.Key.Key)));
        }

        closed.Sort(static (a, b) =>
        {
            int byEnd = a.Session.Key.EndMs.CompareTo(b.Session.Key.EndMs);
            return byEnd != 0 ? byEnd : a.Key.AsSpan().SequenceCompareTo(b.Key);
        });
        foreach ((KeyValuePair<Windowed<TKey>, TResult> session, _) in closed)
        {
            var change = new Change<TResult>(session.Value, default, hasOld: false);
            _onClose!.Process(new Record<Windowed<TKey>, Change<TResult>>(session.Key, change, session.Key.EndMs, headers));
        }
    }
}
