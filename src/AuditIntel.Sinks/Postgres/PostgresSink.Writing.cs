using AuditIntel.Kafka;

namespace AuditIntel.Sinks.Postgres;

/// <content>Hands filled batches to the writer, one at a time; while one is written the next is filled.</content>
public abstract partial class PostgresSink
{
    // A write that takes longer than this pauses the partitions; polling goes on, so the group keeps this member.
    private static readonly TimeSpan PauseAfter = TimeSpan.FromMilliseconds(500);

    private void StartWrite(CancellationToken abort)
    {
        var batch = _filling;
        _inFlight = batch;
        _filling = _spare;
        _write = Task.Run(() => _retry.ExecuteAsync(async token => await _writer.WriteAsync(batch, token).ConfigureAwait(false), abort).AsTask(), CancellationToken.None);
    }

    /// <summary>Waits for the batch in flight, if there is one, and takes note of how it ended.</summary>
    private async Task FinishWriteAsync(BatchConsumer consumer, CancellationToken abort)
    {
        if (_write is not { } write || _inFlight is not { } batch)
        {
            return;
        }

        await PollUntilAsync(consumer, write, abort).ConfigureAwait(false);
        try
        {
            var outcome = await write.ConfigureAwait(false);
            Recovered();
            if (outcome == WriteOutcome.Fenced)
            {
                StartOver();
            }
            else
            {
                TakeNote(batch);
            }
        }
        finally
        {
            _write = null;
            _inFlight = null;
            batch.Clear();
            _spare = batch;
        }
    }

    /// <summary>Waits for a task; when that takes long, with paused partitions and polling.</summary>
    private async Task PollUntilAsync(BatchConsumer consumer, Task task, CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        var paused = false;
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, Task.Delay(PollTimeout, _clock, cancellationToken)).ConfigureAwait(false);
            if (!task.IsCompleted && _clock.GetElapsedTime(started) >= PauseAfter)
            {
                // Again each time: a rebalance may have brought partitions that are not paused.
                consumer.Pause(Assigned());
                paused = true;
                Take(consumer, consumer.Poll(TimeSpan.Zero));
            }

            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        if (paused)
        {
            consumer.Resume(Assigned());
        }
    }

    private void TakeNote(SinkBatch batch)
    {
        foreach (var span in batch.Spans)
        {
            // The partition may have gone and come back meanwhile: then its cursor was placed anew.
            if (_cursors.TryGetValue((span.Topic, span.Partition), out var cursor) && cursor.IsPlaced && cursor.Stored == span.Expected)
            {
                cursor.Stored = span.Next;
            }
        }
    }

    // Somebody else has moved a partition of the batch: what was read since then builds on a place that no longer holds.
    private void StartOver()
    {
        Counters.Fenced();
        _filling.Clear();
        foreach (var (_, cursor) in _cursors)
        {
            cursor.Unplace();
        }
    }
}
