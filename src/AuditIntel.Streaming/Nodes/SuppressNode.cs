using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Nodes;

/// <summary>Holds updates back until stream time is far enough past their time, or past the end of their window; of each key the newest.</summary>
/// <param name="buffer">What waits.</param>
/// <param name="closing">When windows close, where results are to be final; null for a time limit.</param>
/// <param name="waitMs">How far stream time must be past a change's time.</param>
/// <param name="bounds">How much may wait.</param>
/// <param name="next">The node behind.</param>
internal sealed class SuppressNode<TKey, TValue>(
    SuppressionBuffer<TKey, TValue> buffer, WindowClosing<TKey>? closing, long waitMs, BufferConfig bounds, INode<TKey, Change<TValue>> next)
    : INode<TKey, Change<TValue>>
    where TKey : notnull
{
    public void Process(in Record<TKey, Change<TValue>> record)
    {
        long streamTimeMs = buffer.Observe(record.TimestampMs);
        Hold(in record);
        while (buffer.TryFirst(out TKey? key, out long timeMs) && timeMs + waitMs <= streamTimeMs)
        {
            Give(key);
        }

        while (buffer.Count > bounds.MostRecords && buffer.TryFirst(out TKey? key, out _))
        {
            if (!bounds.EmitsEarly)
            {
                throw new StreamsException(
                    $"The suppression '{buffer.Name}' holds more than its {bounds.MostRecords} keys: give it more room, or let it give results early.");
            }

            Give(key);
        }
    }

    private void Hold(in Record<TKey, Change<TValue>> record)
    {
        TKey key = record.Key!;
        Change<TValue> change = record.Value;
        bool waits = buffer.TryGet(key, out BufferedChange<TValue> before);
        if (closing is not null && !change.HasNew)
        {
            // Nothing of the window was given yet, so there is nothing to delete downstream.
            buffer.Delete(key, buffer.StreamTimeMs);
            return;
        }

        long timeMs = waits ? before.TimeMs : closing?.EndMs(key) ?? record.TimestampMs;
        (bool hasOld, TValue? old) = waits ? (before.HasOld, before.Old) : (change.HasOld, change.Old);
        buffer.Put(
            key,
            new BufferedChange<TValue>(timeMs, change.HasNew, change.New, hasOld, old, record.TimestampMs, record.Headers),
            record.TimestampMs);
    }

    private void Give(TKey key)
    {
        buffer.TryGet(key, out BufferedChange<TValue> change);
        buffer.Delete(key, buffer.StreamTimeMs);
        next.Process(new Record<TKey, Change<TValue>>(
            key, Change<TValue>.Of(change.New, change.HasNew, change.Old, change.HasOld), change.TimestampMs, change.Headers));
    }
}
