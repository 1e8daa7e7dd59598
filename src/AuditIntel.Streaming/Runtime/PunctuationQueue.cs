namespace AuditIntel.Streaming.Runtime;

/// <summary>The punctuators of one task. Owned by the task's thread.</summary>
internal sealed class PunctuationQueue(TimeProvider clock)
{
    private readonly PriorityQueue<PunctuationSchedule, long> _streamTime = new();
    private readonly PriorityQueue<PunctuationSchedule, long> _wallClock = new();

    public long WallClockTimeMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>When the next punctuation by wall clock is due; <see cref="long.MaxValue"/> for never.</summary>
    public long NextWallClockMs => _wallClock.TryPeek(out _, out long due) ? due : long.MaxValue;

    /// <summary>Stream time at which the next punctuation is due; <see cref="long.MaxValue"/> for never.</summary>
    public long NextStreamTimeMs => _streamTime.TryPeek(out _, out long due) ? due : long.MaxValue;

    public IDisposable Schedule(TimeSpan interval, PunctuationType type, Action<long> callback)
    {
        long intervalMs = Durations.PositiveMs(interval, nameof(interval));
        var schedule = new PunctuationSchedule(intervalMs, callback);

        // Stream time is aligned to zero, so that the first record calls at once; the wall clock to now, as Kafka Streams.
        if (type == PunctuationType.StreamTime)
        {
            _streamTime.Enqueue(schedule, 0);
        }
        else
        {
            _wallClock.Enqueue(schedule, WallClockTimeMs + intervalMs);
        }

        return schedule;
    }

    /// <summary>Calls what is due.</summary>
    /// <param name="type">Which time has moved.</param>
    /// <param name="nowMs">To where.</param>
    /// <param name="begin">Called before each callback.</param>
    /// <returns>Whether anything was called.</returns>
    public bool Run(PunctuationType type, long nowMs, Action<long> begin)
    {
        PriorityQueue<PunctuationSchedule, long> queue = type == PunctuationType.StreamTime ? _streamTime : _wallClock;
        bool called = false;
        while (queue.TryPeek(out PunctuationSchedule? schedule, out long due) && (schedule.IsCancelled || due <= nowMs))
        {
            queue.Dequeue();
            if (schedule.IsCancelled)
            {
                continue;
            }

            begin(nowMs);
            schedule.Callback(nowMs);
            called = true;
            if (!schedule.IsCancelled)
            {
                queue.Enqueue(schedule, due + ((((nowMs - due) / schedule.IntervalMs) + 1) * schedule.IntervalMs));
            }
        }

        return called;
    }
}
