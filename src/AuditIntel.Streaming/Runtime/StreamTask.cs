using System.Globalization;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>
/// One task: its chain of nodes, its stores, its input partitions. Owned by one thread. Records of several partitions are taken in the order of
/// their timestamps; while one partition is empty although the broker has more of it, the others wait (KIP-695).
/// </summary>
internal sealed class StreamTask
{
    private readonly Dictionary<string, (ISourceNode Node, RawRecordQueue Queue)> _inputs = [];
    private readonly RawRecordQueue[] _queues;
    private readonly List<(IStateStore Store, IChangelog Changelog)> _stores = [];
    private readonly TaskContext _context;
    private readonly Func<ErrorContext, ErrorResponse> _onError;
    private readonly Dictionary<PartitionId, long> _positions = [];

    public StreamTask(
        TaskId id, SubTopology part, string applicationId, IRecordCollector collector, CacheBudget cache, Func<ErrorContext, ErrorResponse> onError)
    {
        Id = id;
        _onError = onError;
        _context = new TaskContext(applicationId, id, collector, cache);
        foreach (StoreDefinition store in part.Stores)
        {
            IStateStore instance = store.Create(_context);
            _context.Add(instance);
            _stores.Add((instance, store.HasChangelog
                ? new CollectorChangelog(collector, Changelog.TopicOf(applicationId, store.Name), id.Partition)
                : NoChangelog.Instance));
        }

        var chain = new TaskChain(_context);
        foreach (SourceDefinition source in part.Sources)
        {
            _inputs.Add(source.Topic, (source.Instantiate(chain), new RawRecordQueue(new PartitionId(source.Topic, id.Partition))));
        }

        _queues = [.. _inputs.Values.Select(input => input.Queue)];
    }

    public TaskId Id { get; }

    public IReadOnlyDictionary<string, IStateStore> Stores => _context.Stores;

    public IEnumerable<PartitionId> Partitions => _queues.Select(queue => queue.Partition);

    /// <summary>Records that wait.</summary>
    public int Buffered
    {
        get
        {
            int sum = 0;
            foreach (RawRecordQueue queue in _queues)
            {
                sum += queue.Count;
            }

            return sum;
        }
    }

    /// <summary>Bytes that wait in the partition's queue.</summary>
    public long BufferedBytes(string topic) => _inputs[topic].Queue.Bytes;

    /// <summary>Takes a copy of the record; it is processed by <see cref="Process"/>.</summary>
    public void Add(in RawRecord record) => _inputs[record.Topic].Queue.Add(in record);

    /// <summary>Processes waiting records, at most so many.</summary>
    /// <param name="most">Bound of this call.</param>
    /// <param name="hasMore">Tells whether the broker has records of an empty partition that have not come yet.</param>
    /// <returns>Number of records processed.</returns>
    public int Process(int most, Func<PartitionId, bool> hasMore)
    {
        int processed = 0;
        while (processed < most && Choose(hasMore) is { } queue)
        {
            QueuedRecord record = queue.Take();
            ProcessOne(queue.Partition, record);
            _positions[queue.Partition] = record.Offset + 1;
            record.Release();
            processed++;
            if (_context.Cache.IsExceeded)
            {
                FlushCaches();
            }
        }

        return processed;
    }

    /// <summary>Sends what caches hold downstream and what stores have changed to their changelogs: before every commit.</summary>
    public void PrepareCommit()
    {
        FlushCaches();
        foreach ((IStateStore store, IChangelog changelog) in _stores)
        {
            if (store.HasChanges)
            {
                store.WriteChanges(changelog);
            }
        }
    }

    /// <summary>Offsets of the next records, of partitions that moved since the last call; they count as committed from here on.</summary>
    public void TakePositions(List<PartitionOffset> positions)
    {
        foreach ((PartitionId partition, long offset) in _positions)
        {
            positions.Add(new PartitionOffset(partition, offset));
        }

        _positions.Clear();
    }

    /// <summary>Drops what waits, for a task that is closed.</summary>
    public void Close()
    {
        foreach (RawRecordQueue queue in _queues)
        {
            while (queue.Count > 0)
            {
                queue.Take().Release();
            }
        }
    }

    private void FlushCaches()
    {
        foreach ((IStateStore store, _) in _stores)
        {
            store.FlushCache();
        }
    }

    private RawRecordQueue? Choose(Func<PartitionId, bool> hasMore)
    {
        RawRecordQueue? chosen = null;
        foreach (RawRecordQueue queue in _queues)
        {
            if (queue.Count == 0)
            {
                if (_queues.Length > 1 && hasMore(queue.Partition))
                {
                    return null;
                }
            }
            else if (chosen is null || queue.HeadTimestampMs < chosen.HeadTimestampMs)
            {
                chosen = queue;
            }
        }

        return chosen;
    }

    private void ProcessOne(PartitionId partition, in QueuedRecord record)
    {
        _context.Begin(partition.Topic, partition.Partition, record.Offset, record.TimestampMs);
        try
        {
            _inputs[partition.Topic].Node.Process(new RawRecord
            {
                Topic = partition.Topic,
                Partition = partition.Partition,
                Offset = record.Offset,
                TimestampMs = record.TimestampMs,
                IsKeyNull = record.IsKeyNull,
                Key = record.Key,
                IsValueNull = record.IsValueNull,
                Value = record.Value,
                Headers = record.Headers,
            });
        }
        catch (SourceDeserializationException e)
        {
            Answer(ErrorStage.Deserialize, e.InnerException!, partition, record);
        }
        catch (KafkaFailureException)
        {
            // The producer failed, not the record.
            throw;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Answer(ErrorStage.Process, e, partition, record);
        }
    }

    private void Answer(ErrorStage stage, Exception exception, PartitionId partition, in QueuedRecord record)
    {
        ErrorResponse response = _onError(new ErrorContext
        {
            Stage = stage,
            Exception = exception,
            Topic = partition.Topic,
            Partition = partition.Partition,
            Offset = record.Offset,
            TimestampMs = record.TimestampMs,
            Key = record.IsKeyNull ? null : record.Key.ToArray(),
            Value = record.IsValueNull ? null : record.Value.ToArray(),
            Headers = record.Headers,
        });

        switch (response)
        {
            case ErrorResponse.ContinueResponse:
                StreamsMetrics.Dropped.Add(1);
                break;
            case ErrorResponse.DeadLetterResponse letter:
                StreamsMetrics.DeadLetters.Add(1);
                _context.Collector.Send(
                    letter.Topic, IRecordCollector.AnyPartition, letter.Key is null, letter.Key, letter.Value is null, letter.Value, record.TimestampMs, letter.Headers);
                break;
            default:
                throw new StreamsException(
                    string.Create(CultureInfo.InvariantCulture, $"The record at {partition} offset {record.Offset} failed in stage {stage} of task {Id}: {exception.Message}"),
                    exception);
        }
    }
}
