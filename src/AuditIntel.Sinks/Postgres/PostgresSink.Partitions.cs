using AuditIntel.Kafka;

namespace AuditIntel.Sinks.Postgres;

/// <content>Partitions come, are placed at their stored offset, and go.</content>
public abstract partial class PostgresSink
{
    private readonly Lock _consumerGate = new();
    private PartitionCursor[] _snapshot = [];

    /// <summary>Where the sink stands; asks the broker for the end of each partition, so not for every millisecond.</summary>
    public SinkProgress Progress()
    {
        lock (_consumerGate)
        {
            if (_bounds is not { } bounds)
            {
                return new SinkProgress([], CaughtUp: false);
            }

            var partitions = Volatile.Read(ref _snapshot).Select(cursor => Progress(bounds, cursor)).ToArray();
            var everyTopic = _content.TopicNames.All(topic => partitions.Any(p => p.Topic == topic));
            return new SinkProgress(partitions, everyTopic && partitions.All(p => p.CaughtUp));
        }
    }

    private static SinkPartitionProgress Progress(BatchConsumer bounds, PartitionCursor cursor)
    {
        // The end first: what is stored afterwards may only be more.
        var (_, end) = bounds.QueryWatermarks(new PartitionId(cursor.Topic, cursor.Partition));
        var stored = cursor.Stored;
        return new SinkPartitionProgress(cursor.Topic, cursor.Partition, stored, end, stored >= end);
    }

    // A second client asks for the ends of partitions: on the consumer's own connection every question would wait behind a long fetch.
    private BatchConsumer OpenBounds() =>
        BatchConsumer.Create(_options.Kafka, new BatchConsumerOptions { GroupId = _options.GroupId + "-bounds" }, listener: null);

    private BatchConsumer Open()
    {
        var settings = new BatchConsumerOptions
        {
            GroupId = _options.GroupId,
            GroupInstanceId = _options.GroupInstanceId,
            MaxBatchRecords = Math.Min(1_000, _options.MaxBatchRecords),
        };
        var consumer = BatchConsumer.Create(_options.Kafka, settings, new Listener(this));
        consumer.Subscribe(_content.TopicNames);
        return consumer;
    }

    private Dictionary<(string Topic, int Partition), (long Low, long High)> Bounds(PartitionCursor[] cursors)
    {
        lock (_consumerGate)
        {
            var client = _bounds ?? throw new InvalidOperationException("The sink is not running.");
            return cursors.ToDictionary(c => (c.Topic, c.Partition), c => client.QueryWatermarks(new PartitionId(c.Topic, c.Partition)));
        }
    }

    private List<PartitionId> Assigned() => [.. _cursors.Keys.Select(key => new PartitionId(key.Topic, key.Partition))];

    private bool HasUnplaced()
    {
        foreach (var cursor in _snapshot)
        {
            if (!cursor.IsPlaced)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sends the consumer to the stored offset of every partition that is new here or was moved by somebody else.</summary>
    private async Task PlaceAsync(BatchConsumer consumer, CancellationToken stop)
    {
        var unplaced = _snapshot.Where(c => !c.IsPlaced).ToArray();
        var bounds = Bounds(unplaced);
        var begins = bounds.Select(b => (b.Key.Topic, b.Key.Partition, b.Value.Low)).ToArray();

        // The writer has one user at a time.
        await FinishWriteAsync(consumer, stop).ConfigureAwait(false);
        var reading = Task.Run(
            () => _retry.ExecuteAsync(async token => await _writer.RegisterAsync(begins, token).ConfigureAwait(false), stop).AsTask(), CancellationToken.None);
        await PollUntilAsync(consumer, reading, stop).ConfigureAwait(false);
        var stored = await reading.ConfigureAwait(false);
        Recovered();
        foreach (var cursor in unplaced)
        {
            var offset = stored[(cursor.Topic, cursor.Partition)];
            var (low, high) = bounds[(cursor.Topic, cursor.Partition)];
            if (offset > high)
            {
                await _writer.RewindAsync(cursor.Topic, cursor.Partition, offset, low, stop).ConfigureAwait(false);
            }
            else if (_cursors.TryGetValue((cursor.Topic, cursor.Partition), out var current) && ReferenceEquals(current, cursor))
            {
                consumer.Seek(new PartitionOffset(new PartitionId(cursor.Topic, cursor.Partition), Math.Max(offset, low)));
                cursor.Place(offset);
            }
        }
    }

    // Transaction markers take offsets but bring no records: at the end of a partition the place is moved behind them.
    private void SkipMarkers(BatchConsumer consumer, PartitionCursor cursor)
    {
        if (cursor.IsPlaced && !_heldBack.Contains(cursor)
            && consumer.EndOffset(new PartitionId(cursor.Topic, cursor.Partition)) is { } end && end > cursor.Received)
        {
            Cover(cursor, end);
        }
    }

    private void Assign(IReadOnlyList<PartitionId> partitions)
    {
        foreach (var (topic, partition) in partitions)
        {
            _cursors[(topic, partition)] = new PartitionCursor(topic, partition);
        }

        Volatile.Write(ref _snapshot, [.. _cursors.Values]);
    }

    // A batch in flight may still hold records of the partition: it commits before the next owner starts, or the fence turns it back.
    private void Release(IReadOnlyList<PartitionId> partitions)
    {
        foreach (var (topic, partition) in partitions)
        {
            if (_cursors.Remove((topic, partition), out var cursor))
            {
                _heldBack.Remove(cursor);
                _filling.Drop(topic, partition);
            }
        }

        Volatile.Write(ref _snapshot, [.. _cursors.Values]);
    }

    /// <summary>Called by the consumer inside its poll, so on the sink's own loop.</summary>
    private sealed class Listener(PostgresSink sink) : IPartitionListener
    {
        public IReadOnlyList<PartitionOffset> OnAssigned(IReadOnlyList<PartitionId> partitions)
        {
            sink.Assign(partitions);
            return [];
        }

        public void OnRevoked(IReadOnlyList<PartitionId> partitions) => sink.Release(partitions);

        public void OnLost(IReadOnlyList<PartitionId> partitions) => sink.Release(partitions);
    }
}
