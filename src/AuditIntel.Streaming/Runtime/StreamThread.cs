using System.Diagnostics;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>
/// One thread with one consumer and one producer, and the tasks of the partitions that it has. Everything here but <see cref="RequestStop"/> runs on
/// that thread, rebalance callbacks included.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001", Justification = "The clients live within Run and are disposed there, on the thread that owns them; the stop signal holds no handle.")]
internal sealed partial class StreamThread
{
    /// <summary>Records of one task before the next task gets its turn.</summary>
    private const int RecordsPerTurn = 1000;

    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WaitingPoll = TimeSpan.FromMilliseconds(10);

    private readonly int _number;
    private readonly Topology _topology;
    private readonly StreamsOptions _options;
    private readonly Action<StreamThread> _onChanged;
    private readonly CacheBudget _cache;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<PartitionId, StreamTask> _byPartition = [];
    private readonly List<StreamTask> _running = [];
    private readonly HashSet<PartitionId> _paused = [];
    private readonly List<PartitionOffset> _positions = [];
    private readonly CancellationTokenSource _stop = new();
    private BatchConsumer _consumer = null!;
    private BatchProducer _producer = null!;
    private StoreRestorer _restorer = null!;
    private bool _wasReady;
    private bool _assignedOnce;

    public StreamThread(int number, Topology topology, StreamsOptions options, Action<StreamThread> onChanged)
    {
        _number = number;
        _topology = topology;
        _options = options;
        _onChanged = onChanged;
        _cache = new CacheBudget(options.CacheMaxBytes / options.StreamThreads);
        Name = $"{options.ApplicationId}-stream-{number}";
        _thread = new Thread(Run) { Name = Name, IsBackground = true };
    }

    public string Name { get; }

    public Exception? Failure { get; private set; }

    /// <summary>Has its partitions, and their stores are restored.</summary>
    public bool IsReady => _wasReady;

    public void Start() => _thread.Start();

    public void RequestStop() => _stop.Cancel();

    public Task StopAsync()
    {
        RequestStop();
        return _ended.Task;
    }

    private void Run()
    {
        try
        {
            using (_producer = BatchProducer.Create(_options.Kafka, new BatchProducerOptions { DeliveryTimeout = _options.CommitTimeout }, Warn))
            using (_restorer = new StoreRestorer(_options, Warn))
            using (_consumer = BatchConsumer.Create(_options.Kafka, ConsumerOptions(), this, Warn))
            {
                _consumer.Subscribe(_topology.SourceTopics);
                Loop();
                Commit();
            }
        }
        catch (Exception e)
        {
            Failure = e;
            _wasReady = false;
            _onChanged(this);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private BatchConsumerOptions ConsumerOptions() => new()
    {
        GroupId = _options.ApplicationId,
        GroupInstanceId = _options.InstanceId is null ? null : $"{_options.InstanceId}-{_number}",
        PrefetchKilobytes = _options.PrefetchKilobytes,
    };

    private void Loop()
    {
        long lastCommit = _options.Clock.GetTimestamp();
        bool busy = false;
        while (!_stop.IsCancellationRequested)
        {
            TimeSpan untilCommit = _options.CommitInterval - _options.Clock.GetElapsedTime(lastCommit);
            Route(_consumer.Poll(PollTimeout(busy, untilCommit)));
            if (_restorer.IsActive)
            {
                Restore();
            }

            busy = Process();
            Throttle();
            _producer.Poll();
            if (_options.Clock.GetElapsedTime(lastCommit) >= _options.CommitInterval)
            {
                Commit();
                lastCommit = _options.Clock.GetTimestamp();
            }

            Report();
        }
    }

    private TimeSpan PollTimeout(bool busy, TimeSpan untilCommit)
    {
        if (busy)
        {
            return TimeSpan.Zero;
        }

        TimeSpan longest = _restorer.IsActive || _running.Exists(task => task.Buffered > 0) ? WaitingPoll : IdlePoll;
        return untilCommit < longest ? TimeSpan.FromTicks(Math.Max(untilCommit.Ticks, TimeSpan.TicksPerMillisecond)) : longest;
    }

    private void Route(RecordBatch batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            ConsumedRecord record = batch[i];
            if (_byPartition.TryGetValue(new PartitionId(record.Topic, record.Partition), out StreamTask? task))
            {
                task.Add(new RawRecord
                {
                    Topic = record.Topic,
                    Partition = record.Partition,
                    Offset = record.Offset,
                    TimestampMs = record.TimestampMs,
                    IsKeyNull = record.IsKeyNull,
                    Key = record.Key,
                    IsValueNull = record.IsValueNull,
                    Value = record.Value,
                    Headers = record.Headers(),
                });
            }
        }
    }

    /// <returns>Whether anything was processed, so that there may be more at once.</returns>
    private bool Process()
    {
        int processed = 0;
        foreach (StreamTask task in _running)
        {
            processed += task.Process(RecordsPerTurn, HasMore);
        }

        if (processed > 0)
        {
            StreamsMetrics.Processed.Add(processed);
        }

        return processed > 0;
    }

    /// <summary>A partition that was read to its end at the last fetch holds nobody up; one that is paused is not empty.</summary>
    private bool HasMore(PartitionId partition) => !_consumer.IsAtEnd(partition);

    /// <summary>Pauses partitions whose queue is long, and resumes them when it is short again.</summary>
    private void Throttle()
    {
        foreach ((PartitionId partition, StreamTask task) in _byPartition)
        {
            long bytes = task.BufferedBytes(partition.Topic);
            if (bytes > _options.MaxBufferedBytes && _paused.Add(partition))
            {
                _consumer.Pause([partition]);
            }
            else if (bytes < _options.MaxBufferedBytes / 2 && !_restorer.IsRestoring(task) && _paused.Remove(partition))
            {
                _consumer.Resume([partition]);
            }
        }
    }

    /// <summary>Outputs and changelogs first, then the offsets: a crash in between repeats, and never loses.</summary>
    private void Commit()
    {
        _positions.Clear();
        foreach (StreamTask task in _running)
        {
            task.PrepareCommit();
            task.TakePositions(_positions);
        }

        if (_positions.Count == 0)
        {
            return;
        }

        long begin = Stopwatch.GetTimestamp();
        _producer.Flush(_options.CommitTimeout);
        try
        {
            _consumer.Commit(_positions);
        }
        catch (KafkaFailureException e) when (e.IsGroupMovedOn)
        {
            // Whoever has the partitions now starts from the offsets committed before and repeats this work.
            Warn($"{Name}: {e.Message}");
        }

        StreamsMetrics.CommitDuration.Record(Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    private void Report()
    {
        bool ready = _assignedOnce && !_restorer.IsActive;
        if (ready != _wasReady)
        {
            _wasReady = ready;
            _onChanged(this);
        }
    }

    private void Warn(string text) => _options.OnWarning?.Invoke(text);
}
