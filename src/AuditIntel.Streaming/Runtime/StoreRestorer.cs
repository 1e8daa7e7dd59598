using AuditIntel.Kafka;
using AuditIntel.Streaming.Runtime.Checkpoints;

namespace AuditIntel.Streaming.Runtime;

/// <summary>
/// Rebuilds stores: from the local checkpoint first, then from their topics, a little at a time, while the thread goes on with its other tasks. A table
/// that is read from its own topic is rebuilt up to the committed offset: what lies behind comes as ordinary input.
/// </summary>
internal sealed class StoreRestorer(StreamsOptions options, Action<string> onWarning) : IDisposable
{
    /// <summary>Between two looks at the clock: restoring must not keep the thread from its group, however slow a serde is.</summary>
    private const int RecordsAtOnce = 500;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShareWhileBusy = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<StreamTask, Dictionary<PartitionId, Restoration>> _open = [];
    private readonly Dictionary<PartitionId, Restoration> _byPartition = [];
    private BatchConsumer? _consumer;

    // On a connection that fetches, every question would wait behind a long poll: a tenth of a second for each store of each task.
    private BatchConsumer? _bounds;
    private long _lastTold;

    public bool IsActive => _open.Count > 0;

    /// <summary>Opens the checkpoints and asks the broker how far each store's topic reaches.</summary>
    /// <exception cref="KafkaFailureException">The broker does not answer; nothing was changed that a second call would not do again.</exception>
    public void Begin(StreamTask task, StateDirectory? state)
    {
        _bounds ??= BatchConsumer.Create(options.Kafka, new BatchConsumerOptions(), null, onWarning);
        var ranges = new Dictionary<TaskStore, (long Begin, long End)>();
        foreach (TaskStore store in task.TaskStores.Where(store => store.IsRestorable))
        {
            (long begin, long end) = _bounds.QueryWatermarks(store.Source);
            ranges.Add(store, (begin, store.IsFromInput ? Math.Min(end, task.Input(store.Source.Topic).Committed) : end));
        }

        var stores = new Dictionary<PartitionId, Restoration>();
        foreach ((TaskStore store, (long begin, long end)) in ranges)
        {
            long? checkpoint = store.Open(state, task.Id);
            if (checkpoint > end && !store.IsFromInput)
            {
                onWarning($"The local copy of {store.Store.Name} in task {task.Id} reaches to {checkpoint}, its topic {store.Source} to {end}: it is rebuilt.");
                store.Reset();
                checkpoint = null;
            }

            stores.Add(store.Source, new Restoration(store, task.Id, Math.Max(begin, checkpoint ?? begin), end));
        }

        _open.Add(task, stores);
        Assign();
        Tell(stores.Values);
    }

    /// <summary>Applies what has come.</summary>
    /// <param name="isUrgent">Whether the thread has nothing better to do than to wait for more.</param>
    /// <returns>Tasks whose stores are whole now.</returns>
    public IReadOnlyList<StreamTask> Advance(bool isUrgent)
    {
        if (_byPartition.Values.Any(restoration => !restoration.IsDone))
        {
            long deadline = Environment.TickCount64 + (long)(isUrgent ? Turn : ShareWhileBusy).TotalMilliseconds;
            do
            {
                if (Apply(isUrgent ? Turn : TimeSpan.Zero) == 0)
                {
                    break;
                }
            }
            while (Environment.TickCount64 < deadline);
        }

        StreamTask[] done = [.. _open.Where(task => task.Value.Values.All(each => each.IsDone)).Select(task => task.Key)];
        foreach (StreamTask task in done)
        {
            _open.Remove(task, out Dictionary<PartitionId, Restoration>? stores);
            foreach (Restoration store in stores!.Values)
            {
                store.Finish();
            }

            Tell(stores.Values);
        }

        if (done.Length > 0)
        {
            Assign();
        }

        if (!IsActive)
        {
            _bounds?.Dispose();
            _bounds = null;
        }

        TellNowAndThen();
        return done;
    }

    public void Forget(StreamTask task)
    {
        if (_open.Remove(task))
        {
            Assign();
        }
    }

    public void Dispose()
    {
        _consumer?.Dispose();
        _bounds?.Dispose();
    }

    private void TellNowAndThen()
    {
        if (Environment.TickCount64 - _lastTold >= TellEvery.TotalMilliseconds)
        {
            _lastTold = Environment.TickCount64;
            Tell(_byPartition.Values);
        }
    }

    private void Tell(IEnumerable<Restoration> restorations)
    {
        if (options.OnRestore is { } tell)
        {
            foreach (Restoration restoration in restorations)
            {
                tell(restoration.Progress);
            }
        }
    }

    private int Apply(TimeSpan wait)
    {
        RecordBatch batch = _consumer!.Poll(wait);
        Restoration? restoration = null;
        string? topic = null;
        int partition = -1;
        for (int i = 0; i < batch.Count; i++)
        {
            ConsumedRecord record = batch[i];
            if (record.Partition != partition || !ReferenceEquals(record.Topic, topic))
            {
                (topic, partition) = (record.Topic, record.Partition);
                restoration = _byPartition.GetValueOrDefault(new PartitionId(topic, partition));
            }

            restoration?.Apply(record.Offset, record.IsKeyNull, record.Key, record.IsValueNull, record.Value, record.TimestampMs);
        }

        StreamsMetrics.Restored.Add(batch.Count);
        foreach ((PartitionId id, Restoration store) in _byPartition)
        {
            // Transaction markers and compacted records may lie at the end: nothing more comes, though the last offset was not seen.
            if (_consumer.EndOffset(id) is { } end)
            {
                store.ReachedEnd(end);
            }
        }

        return batch.Count;
    }

    private void Assign()
    {
        _byPartition.Clear();
        foreach ((PartitionId partition, Restoration store) in _open.Values.SelectMany(stores => stores))
        {
            if (!store.IsDone)
            {
                _byPartition.Add(partition, store);
            }
        }

        if (_byPartition.Count == 0)
        {
            _consumer?.Dispose();
            _consumer = null;
            return;
        }

        _consumer ??= BatchConsumer.Create(options.Kafka, new BatchConsumerOptions { PrefetchKilobytes = options.PrefetchKilobytes, MaxBatchRecords = RecordsAtOnce }, null, onWarning);
        _consumer.Adjust([.. _byPartition.Select(store => new PartitionOffset(store.Key, store.Value.Next))]);
    }
}
