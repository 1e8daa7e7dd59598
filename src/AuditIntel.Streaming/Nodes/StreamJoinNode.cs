using AuditIntel.Streaming.Runtime;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>
/// One side of a join of two streams: keeps its records and joins each with the other side's records within the window. Records that come when their
/// window has closed are dropped. A record of a side that is kept waits for its window to close before it is given alone (KIP-633).
/// </summary>
internal sealed class StreamJoinNode<TKey, TThis, TOther, TOut>(
    StreamJoinSide side,
    WindowStore<TKey, TThis> own,
    WindowStore<TKey, TOther> other,
    Func<TKey?, TThis, TOther?, TOut> join,
    WaitingRecords<TKey, TThis, TOther>? waiting,
    TaskContext context,
    INode<TKey, TOut> next) : INode<TKey, TThis>
    where TKey : notnull
{
    private readonly List<WindowEntry<TOther>> _matches = [];

    public void Process(in Record<TKey, TThis> record)
    {
        if (!record.HasValue || (!record.HasKey && !side.KeepsUnjoined))
        {
            context.Drop();
            return;
        }

        if (!record.HasKey)
        {
            // KIP-962: a record without key meets nobody, which is known at once.
            next.Process(record.WithValue(join(record.Key, record.Value!, default)));
            return;
        }

        long timeMs = record.TimestampMs;
        long streamTimeMs = Math.Max(timeMs, Math.Max(own.StreamTimeMs, other.StreamTimeMs));
        if (timeMs + side.AfterMs + side.GraceMs < streamTimeMs)
        {
            context.Drop();
            return;
        }

        own.Observe(timeMs);
        waiting?.GiveClosed(streamTimeMs);
        int number = own.Append(record.Key!, record.Value!, timeMs);
        other.Collect(record.Key!, timeMs - side.BeforeMs, timeMs + side.AfterMs, _matches);
        for (int i = 0; i < _matches.Count; i++)
        {
            WindowEntry<TOther> match = _matches[i];
            waiting?.Remove(match.TimeMs, (int)match.Number, record.Key!);
            TOut value = join(record.Key, record.Value!, match.Value);
            next.Process(new Record<TKey, TOut>(record.Key, value, Math.Max(timeMs, match.TimeMs), record.Headers));
        }

        if (_matches.Count == 0 && side.KeepsUnjoined)
        {
            waiting!.Add(timeMs, number, record.Key!, record.Value!);
        }

        _matches.Clear();
    }
}
