using AuditIntel.Kafka;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>
/// Rebuilds stores from their topics, a little at a time, while the thread goes on polling so that it keeps its partitions. A table that is read
/// from its own topic is rebuilt up to the committed offset: what lies behind comes as ordinary input.
/// </summary>
internal sealed class StoreRestorer(StreamsOptions options, Action<string> onWarning) : IDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<StreamTask, SubTopology> _starting = [];
    private readonly Dictionary<StreamTask, Dictionary<PartitionId, Restoration>> _open = [];
    private BatchConsumer? _consumer;

    public bool IsActive => _starting.Count > 0 || _open.Count > 0;

    public bool IsRestoring(StreamTask task) => _starting.ContainsKey(task) || _open.ContainsKey(task);

    /// <summary>Notes a task; called within a rebalance, where nothing may wait.</summary>
    public void Begin(StreamTask task, SubTopology part) => _starting.Add(task, part);

    /// <summary>Tasks that wait to be planned.</summary>
    public IReadOnlyList<StreamTask> Starting() => [.. _starting.Keys];

    /// <summary>Asks the broker how far each store's topic reaches.</summary>
    public void Plan(StreamTask task, BatchConsumer input)
    {
        SubTopology part = _starting[task];
        _starting.Remove(task);
        var stores = new Dictionary<PartitionId, Restoration>();
        foreach (StoreDefinition definition in part.Stores.Where(store => store.HasChangelog || store.SourceTopic is not null))
        {
            string topic = definition.SourceTopic ?? Changelog.TopicOf(options.ApplicationId, definition.Name);
            var partition = new PartitionId(topic, task.Id.Partition);
            (long begin, long end) = input.QueryWatermarks(partition);
            if (definition.SourceTopic is not null)
            {
                end = Math.Min(end, input.Committed([partition])[0].Offset);
            }

            stores.Add(partition, new Restoration(task.Stores[definition.Name], begin, end));
        }

        _open.Add(task, stores);
        Assign();
    }

    /// <summary>Applies what has come, for a short while.</summary>
    /// <returns>Tasks whose stores are whole now.</returns>
    public IReadOnlyList<StreamTask> Advance()
    {
        if (_open.Values.Any(stores => stores.Values.Any(each => !each.IsDone)))
        {
            Apply();
        }

        StreamTask[] done = [.. _open.Where(task => task.Value.Values.All(each => each.IsDone)).Select(task => task.Key)];
        foreach (StreamTask task in done)
        {
            _open.Remove(task);
        }

        if (done.Length > 0)
        {
            Assign();
        }

        return done;
    }

    public void Forget(StreamTask task)
    {
        _starting.Remove(task);
        if (_open.Remove(task))
        {
            Assign();
        }
    }

    public void Dispose() => _consumer?.Dispose();

    private void Apply()
    {
        RecordBatch batch = _consumer!.Poll(Turn);
        for (int i = 0; i < batch.Count; i++)
        {
            ConsumedRecord record = batch[i];
            var partition = new PartitionId(record.Topic, record.Partition);
            foreach (Dictionary<PartitionId, Restoration> stores in _open.Values)
            {
                if (stores.TryGetValue(partition, out Restoration? store))
                {
                    store.Apply(record);
                }
            }
        }

        StreamsMetrics.Restored.Add(batch.Count);
        foreach ((PartitionId partition, Restoration store) in _open.Values.SelectMany(stores => stores))
        {
            // Transaction markers and compacted records may lie at the end: nothing more comes, though the last offset was not seen.
            if (_consumer.EndOffset(partition) is { } end)
            {
                store.ReachedEnd(end);
            }
        }
    }

    private void Assign()
    {
        PartitionOffset[] wanted =
        [
            .. _open.Values.SelectMany(stores => stores)
                .Where(store => !store.Value.IsDone)
                .Select(store => new PartitionOffset(store.Key, store.Value.Next)),
        ];
        if (wanted.Length == 0)
        {
            _consumer?.Dispose();
            _consumer = null;
            return;
        }

        _consumer ??= BatchConsumer.Create(options.Kafka, new BatchConsumerOptions { PrefetchKilobytes = options.PrefetchKilobytes }, null, onWarning);
        _consumer.Assign(wanted);
    }
}
