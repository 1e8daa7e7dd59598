using System.Globalization;
using AuditIntel.Kafka;
using AuditIntel.Streaming.Nodes;
using AuditIntel.Streaming.Runtime.Checkpoints;
using AuditIntel.Streaming.Runtime.Standby;
using AuditIntel.Streaming.State;

namespace AuditIntel.Streaming.Runtime;

/// <summary>
/// One thread with one consumer and one producer, and the tasks of the partitions that it has. Everything here but what is marked otherwise runs on
/// that thread, rebalance callbacks included.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001", Justification = "The clients live within Run and are disposed there, on the thread that owns them; the stop signal holds no handle.")]
internal sealed partial class StreamThread
{
    /// <summary>Waiting records of one task before the next task gets its turn.</summary>
    private const int RecordsPerTurn = 1000;

    private const int MostBatchRecords = 4096;

    private const string ThreadMark = "-stream-";

    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WaitingPoll = TimeSpan.FromMilliseconds(10);

    private readonly int _number;
    private readonly TaskPlan _plan;
    private readonly StreamsOptions _options;
    private readonly StateDirectory? _state;
    private readonly string _processId;
    private readonly CacheBudget _cache;
    private readonly StandbyKeeper? _standby;
    private readonly IReadOnlyDictionary<string, IStateStore> _globalStores;
    private readonly Action<StreamThread> _onChanged;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<PartitionId> _paused = [];
    private readonly CancellationTokenSource _stop = new();
    private BatchConsumer _consumer = null!;
    private ThreadProducer _producer = null!;
    private StoreRestorer _restorer = null!;
    private long _lastCommit;
    private bool _isBusy;
    private volatile bool _wasReady;
    private bool _assignedOnce;
    private bool _isAbandoned;

    public StreamThread(
        int number,
        TaskPlan plan,
        StreamsOptions options,
        StateDirectory? state,
        string processId,
        CacheBudget cache,
        IReadOnlyDictionary<string, IStateStore> globalStores,
        StandbyKeeper? standby,
        Action<StreamThread> onChanged)
    {
        _standby = standby;
        _globalStores = globalStores;
        _number = number;
        _plan = plan;
        _options = options;
        _state = state;
        _processId = processId;
        _cache = cache;
        _onChanged = onChanged;
        Name = $"{options.ApplicationId}-stream-{number}";
        _thread = new Thread(Run) { Name = Name, IsBackground = true };
    }

    public int Number => _number;

    public CacheBudget Cache => _cache;

    public string Name { get; }

    public Exception? Failure { get; private set; }

    /// <summary>Has its partitions, and their stores are restored. For any thread.</summary>
    public bool IsReady => _wasReady;

    public void Start() => _thread.Start();

    /// <summary>For any thread.</summary>
    public void RequestStop() => _stop.Cancel();

    /// <summary>For any thread.</summary>
    public Task StopAsync()
    {
        RequestStop();
        return _ended.Task;
    }

    private void Run()
    {
        try
        {
            using (_producer = new ThreadProducer(_options, $"{_options.ApplicationId}-{_processId}-{_number}", Warn, _stop.Token))
            using (_restorer = new StoreRestorer(_options, Warn))
            using (_consumer = BatchConsumer.Create(ConsumerKafka(), ConsumerOptions(), this, Warn))
            {
                Work();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Warn($"{Name} was stopped while it waited; the work since the last commit is done again by whoever gets its partitions.");
        }
        catch (Exception e)
        {
            Failure = e;
        }
        finally
        {
            CloseAll();
            _wasReady = false;
            _ended.TrySetResult();
            _onChanged(this);
        }
    }

    private void Work()
    {
        try
        {
            _consumer.Subscribe(_plan.LeadTopics);
            _lastCommit = _options.Clock.GetTimestamp();
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    Turn();
                }
                catch (KafkaTransactionException e)
                {
                    Recover(e);
                }
            }

            Commit();
            CloseAll();
            Settle();
        }
        catch
        {
            _isAbandoned = true;
            throw;
        }
    }

    /// <summary>The process that a member of the group is a thread of.</summary>
    public static string ProcessOf(string clientId) => clientId[..Math.Max(0, clientId.LastIndexOf(ThreadMark, StringComparison.Ordinal))];

    /// <summary>The consumer's client id names process and thread: others place standby copies by it.</summary>
    private KafkaOptions ConsumerKafka() => _options.Kafka with { ClientId = string.Create(CultureInfo.InvariantCulture, $"{_processId}{ThreadMark}{_number}") };

    private BatchConsumerOptions ConsumerOptions() => new()
    {
        GroupId = _options.ApplicationId,
        GroupInstanceId = _options.InstanceId is null ? null : $"{_options.InstanceId}-{_number}",
        PrefetchKilobytes = _options.PrefetchKilobytes,
        SessionTimeout = _options.SessionTimeout,
        MaxBatchRecords = MostBatchRecords,
        Cooperative = true,
    };

    private void Turn()
    {
        RecordBatch batch = _consumer.Poll(PollTimeout());
        if (_isRewindDue)
        {
            Recover(null);
            return;
        }

        Settle();
        long begin = _options.Clock.GetTimestamp();
        int processed = Take(batch) + Process();
        if (processed > 0)
        {
            StreamsMetrics.Processed.Add(processed);
            Pace(processed, _options.Clock.GetElapsedTime(begin));
        }

        _isBusy = processed > 0;
        if (_restorer.IsActive)
        {
            Restore();
        }

        Throttle();
        _producer.Poll();
        if (_options.Clock.GetElapsedTime(_lastCommit) >= _options.EffectiveCommitInterval)
        {
            Commit();
            _lastCommit = _options.Clock.GetTimestamp();
        }

        Report();
    }

    private TimeSpan PollTimeout()
    {
        if (_isBusy)
        {
            return TimeSpan.Zero;
        }

        TimeSpan longest = _starting.Count > 0 || _restorer.IsActive || _running.Exists(task => task.Buffered > 0) ? WaitingPoll : IdlePoll;
        foreach (StreamTask task in _running)
        {
            if (task.NextWallClockPunctuationMs != long.MaxValue)
            {
                double untilPunctuation = task.NextWallClockPunctuationMs - _options.Clock.GetUtcNow().ToUnixTimeMilliseconds();
                longest = TimeSpan.FromMilliseconds(Math.Clamp(untilPunctuation, 1, longest.TotalMilliseconds));
            }
        }

        TimeSpan untilCommit = _options.EffectiveCommitInterval - _options.Clock.GetElapsedTime(_lastCommit);
        return untilCommit < longest ? TimeSpan.FromTicks(Math.Max(untilCommit.Ticks, TimeSpan.TicksPerMillisecond)) : longest;
    }

    /// <summary>Batches become as small as slow processing needs, so that commits and the group are served in time.</summary>
    private void Pace(int processed, TimeSpan spent)
    {
        double longest = Math.Min(_options.EffectiveCommitInterval.TotalSeconds / 2, 1);
        double affordable = processed * longest / Math.Max(spent.TotalSeconds, 1e-9);
        _consumer.BatchLimit = (int)Math.Clamp(affordable, 1, MostBatchRecords);
    }

    /// <returns>Records that were processed at once.</returns>
    private int Take(RecordBatch batch)
    {
        int processed = 0;
        for (int i = 0; i < batch.Count;)
        {
            ConsumedRecord first = batch[i];
            if (_byPartition.TryGetValue(new PartitionId(first.Topic, first.Partition), out StreamTask? task))
            {
                lock (task.Gate)
                {
                    processed += TakeRun(task, batch, ref i);
                }
            }
            else
            {
                // Of a partition that went away with this poll.
                i++;
            }
        }

        return processed;
    }

    /// <summary>Hands over the records that follow one another in the batch and are of one partition.</summary>
    private static int TakeRun(StreamTask task, RecordBatch batch, ref int i)
    {
        string topic = batch[i].Topic;
        int partition = batch[i].Partition;
        TaskInput input = task.Input(topic);
        int processed = 0;
        for (; i < batch.Count; i++)
        {
            ConsumedRecord record = batch[i];
            if (record.Partition != partition || !ReferenceEquals(record.Topic, topic))
            {
                break;
            }

            bool now = task.Accept(input, new RawRecord
            {
                Topic = topic,
                Partition = partition,
                Offset = record.Offset,
                TimestampMs = record.TimestampMs,
                IsKeyNull = record.IsKeyNull,
                Key = record.Key,
                IsValueNull = record.IsValueNull,
                Value = record.Value,
                Headers = record.Headers(),
            });
            processed += now ? 1 : 0;
        }

        StreamsMetrics.Latency(batch[i - 1].TimestampMs);

        return processed;
    }

    /// <returns>Waiting records that were processed.</returns>
    private int Process()
    {
        int processed = 0;
        long now = long.MinValue;
        foreach (StreamTask task in _running)
        {
            bool isDue = task.NextWallClockPunctuationMs != long.MaxValue && task.NextWallClockPunctuationMs <= (now = Now(now));
            if (isDue || task.Buffered > 0)
            {
                lock (task.Gate)
                {
                    task.PunctuateWallClock();
                    processed += task.Process(RecordsPerTurn, HasMore);
                }
            }
        }

        return processed;
    }

    /// <summary>The wall clock, looked at once a turn.</summary>
    private long Now(long known) => known == long.MinValue ? _options.Clock.GetUtcNow().ToUnixTimeMilliseconds() : known;

    /// <summary>A partition that was read to its end at the last fetch holds nobody up; one that is paused is not empty.</summary>
    private bool HasMore(PartitionId partition) => !_consumer.IsAtEnd(partition);

    /// <summary>Pauses partitions whose queue is long, and resumes them when it is short again.</summary>
    private void Throttle()
    {
        foreach (StreamTask task in _running)
        {
            foreach (TaskInput input in task.Inputs)
            {
                if (input.Queue.Bytes > _options.MaxBufferedBytes && _paused.Add(input.Partition))
                {
                    _consumer.Pause([input.Partition]);
                }
                else if (input.Queue.Bytes < _options.MaxBufferedBytes / 2 && _paused.Remove(input.Partition))
                {
                    _consumer.Resume([input.Partition]);
                }
            }
        }
    }

    private void Report()
    {
        bool ready = _assignedOnce && _starting.Count == 0 && !_restorer.IsActive;
        if (ready != _wasReady)
        {
            _wasReady = ready;
            _onChanged(this);
        }
    }

    private void Warn(string text) => _options.OnWarning?.Invoke(text);
}
