using System.Globalization;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Graph;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>
/// One task: its chain of nodes, its stores, its input partitions. Owned by one thread; whoever else looks at its stores takes <see cref="Gate"/>. The
/// records of a single input are processed where they lie. Records of several are taken in the order of their timestamps; while one partition is
/// empty although the broker has more of it, the others wait (KIP-695).
/// </summary>
internal sealed class StreamTask
{
    private readonly TaskInput[] _inputs;
    private readonly TaskStore[] _stores;
    private readonly TaskContext _context;
    private readonly Func<ErrorContext, ErrorResponse> _onError;
    private readonly Action<long> _beginPunctuation;

    /// <param name="id">Part and partition.</param>
    /// <param name="part">What the task runs.</param>
    /// <param name="topics">Source topics that have a partition of the task's number.</param>
    /// <param name="services">Of thread and instance.</param>
    public StreamTask(TaskId id, SubTopology part, IReadOnlyCollection<string> topics, TaskServices services)
    {
        Id = id;
        _onError = services.OnError;
        _context = new TaskContext(id, services);
        _beginPunctuation = _context.BeginPunctuation;
        var stores = new List<TaskStore>();
        foreach (StoreDefinition definition in part.Stores)
        {
            IStateStore store = definition.Create(_context);
            _context.Add(store);
            stores.Add(new TaskStore(store, definition, new PartitionId(_context.ChangelogTopic(definition), id.Partition), services.Collector));
        }

        _stores = [.. stores];
        var chain = new TaskChain(_context);
        var inputs = new List<TaskInput>();
        foreach (SourceDefinition source in part.Sources)
        {
            ISourceNode node = source.Instantiate(chain);
            inputs.AddRange(source.TopicsFor(services.ApplicationId)
                .Where(topics.Contains)
                .Select(topic => new TaskInput(node, new PartitionId(topic, id.Partition))));
        }

        _inputs = [.. inputs];
    }

    public TaskId Id { get; }

    /// <summary>Held by the owning thread while records are processed, and by queries.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whether the stores are restored and records may be processed.</summary>
    public bool IsRunning { get; set; }

    public IReadOnlyDictionary<string, IStateStore> Stores => _context.Stores;

    public IReadOnlyList<TaskStore> TaskStores => _stores;

    public IReadOnlyList<TaskInput> Inputs => _inputs;

    public IEnumerable<PartitionId> Partitions => _inputs.Select(input => input.Partition);

    /// <summary>Records that wait.</summary>
    public int Buffered
    {
        get
        {
            int sum = 0;
            foreach (TaskInput input in _inputs)
            {
                sum += input.Queue.Count;
            }

            return sum;
        }
    }

    /// <summary>The input of that partition.</summary>
    public TaskInput Input(string topic) => Array.Find(_inputs, input => input.Partition.Topic == topic)!;

    /// <summary>Processes the record at once where the task has only this input and nothing waits; otherwise keeps a copy for <see cref="Process"/>.</summary>
    /// <returns>Whether it was processed.</returns>
    public bool Accept(TaskInput input, in RawRecord record)
    {
        if (_inputs.Length > 1 || input.Queue.Count > 0 || !IsRunning)
        {
            input.Queue.Add(in record);
            return false;
        }

        ProcessOne(input, in record);
        return true;
    }

    /// <summary>Processes waiting records, at most so many.</summary>
    /// <param name="most">Bound of this call.</param>
    /// <param name="hasMore">Tells whether the broker has records of an empty partition that have not come yet.</param>
    /// <returns>Number of records processed.</returns>
    public int Process(int most, Func<PartitionId, bool> hasMore)
    {
        int processed = 0;
        while (processed < most && Choose(hasMore) is { } input)
        {
            QueuedRecord record = input.Queue.Take();
            try
            {
                ProcessOne(input, record.Raw(input.Partition));
            }
            finally
            {
                record.Release();
            }

            processed++;
        }

        return processed;
    }

    /// <summary>When the next punctuation by wall clock is due, milliseconds since 1970; <see cref="long.MaxValue"/> for never.</summary>
    public long NextWallClockPunctuationMs => _context.Punctuations.NextWallClockMs;

    /// <summary>Records that operators have passed over: without key, or too late.</summary>
    public long DroppedRecords => _context.DroppedRecords;

    /// <summary>Calls the punctuators by wall clock that are due.</summary>
    /// <returns>Whether there were any, so that there may be something to commit.</returns>
    public bool PunctuateWallClock() =>
        _context.Punctuations.Run(PunctuationType.WallClockTime, _context.Punctuations.WallClockTimeMs, _beginPunctuation);

    /// <summary>Sends what caches hold downstream and what stores have changed to their changelogs: before every commit.</summary>
    public void PrepareCommit()
    {
        FlushCaches();
        foreach (TaskStore store in _stores)
        {
            store.WriteChanges();
        }
    }

    /// <summary>Offsets of the next records, of partitions that moved since the last commit.</summary>
    /// <param name="positions">Where they are added.</param>
    /// <param name="endOffset">Offset behind the markers of a partition that was read to its end; null while there is more.</param>
    public void AddPositions(List<PartitionOffset> positions, Func<PartitionId, long?> endOffset)
    {
        foreach (TaskInput input in _inputs)
        {
            if (input.Queue.Count == 0 && endOffset(input.Partition) is { } end && end > input.Position)
            {
                // Behind the last record there may be transaction markers: nobody has to wait for more of those.
                input.Position = end;
            }

            if (input.Position >= 0 && input.Position != input.Committed)
            {
                positions.Add(new PartitionOffset(input.Partition, input.Position));
            }
        }
    }

    /// <summary>Everything up to the last <see cref="AddPositions"/> is committed.</summary>
    public void Committed(Func<PartitionId, long> acknowledged)
    {
        foreach (TaskInput input in _inputs)
        {
            input.Committed = input.Position;
        }

        foreach (TaskStore store in _stores)
        {
            store.Committed(acknowledged, store.IsFromInput ? Input(store.Source.Topic).Position : PartitionOffset.None);
        }
    }

    /// <summary>Drops what waits, for a task that is closed.</summary>
    public void Close()
    {
        lock (Gate)
        {
            IsRunning = false;
            _context.Close();
            foreach (TaskInput input in _inputs)
            {
                while (input.Queue.Count > 0)
                {
                    input.Queue.Take().Release();
                }
            }

            foreach (TaskStore store in _stores)
            {
                store.Store.Clear();
                store.Close();
            }
        }
    }

    private void FlushCaches()
    {
        foreach (TaskStore store in _stores)
        {
            store.Store.FlushCache();
        }
    }

    private TaskInput? Choose(Func<PartitionId, bool> hasMore)
    {
        TaskInput? chosen = null;
        foreach (TaskInput input in _inputs)
        {
            if (input.Queue.Count == 0)
            {
                if (_inputs.Length > 1 && hasMore(input.Partition))
                {
                    return null;
                }
            }
            else if (chosen is null || input.Queue.HeadTimestampMs < chosen.Queue.HeadTimestampMs)
            {
                chosen = input;
            }
        }

        return chosen;
    }

    private void ProcessOne(TaskInput input, in RawRecord record)
    {
        _context.Begin(record.Topic, record.Partition, record.Offset, record.TimestampMs);
        try
        {
            input.Node.Process(in record);
        }
        catch (SourceDeserializationException e)
        {
            Answer(ErrorStage.Deserialize, e.InnerException!, in record);
        }
        catch (Exception e) when (e is not (OperationCanceledException or KafkaFailureException or KafkaTransactionException or OutputRefusedException))
        {
            // The others are failures of the producer, not of the record.
            Answer(ErrorStage.Process, e, in record);
        }

        input.Position = record.Offset + 1;
        if (_context.Punctuations.NextStreamTimeMs <= _context.StreamTimeMs)
        {
            _context.Punctuations.Run(PunctuationType.StreamTime, _context.StreamTimeMs, _beginPunctuation);
        }

        if (_context.Cache.IsExceeded)
        {
            FlushCaches();
        }
    }

    private void Answer(ErrorStage stage, Exception exception, in RawRecord record)
    {
        ErrorResponse response = _onError(new ErrorContext
        {
            Stage = stage,
            Exception = exception,
            Topic = record.Topic,
            Partition = record.Partition,
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
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The record at {record.Topic}[{record.Partition}] offset {record.Offset} failed in stage {stage} of task {Id}: {exception.Message}"),
                    exception);
        }
    }
}
