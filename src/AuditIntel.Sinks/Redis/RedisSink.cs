using AuditIntel.Avro;
using AuditIntel.Kafka;

namespace AuditIntel.Sinks.Redis;

/// <summary>
/// Keeps records at hand in Redis. A cache: while Redis is away its batches are skipped, never waited for, and their offsets are committed all the same; what was skipped
/// is missing until it is collected again or the group's offsets are set back. PostgreSQL has everything.
/// </summary>
public abstract class RedisSink : IAsyncDisposable
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RegistryPause = TimeSpan.FromSeconds(1);

    private readonly RedisSinkOptions _options;
    private readonly SchemaRegistryClient _registry;
    private readonly RedisGate _gate;
    private readonly TimeProvider _clock;
    private readonly Dictionary<(string Topic, int Partition), long> _heldBack = [];
    private readonly CancellationTokenSource _disposed = new();
    private Task _run = Task.CompletedTask;
    private int _started;

    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    private protected RedisSink(RedisSinkOptions options, Func<SchemaRegistryClient, TimeProvider, ICacheContent> content, TimeProvider? clock)
    {
        var faults = options.Validate().ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _registry = new SchemaRegistryClient(options.SchemaRegistry);
        _clock = clock ?? TimeProvider.System;
        Content = content(_registry, _clock);
        _gate = new RedisGate(options, _clock);
    }

    public RedisSinkCounters Counters { get; } = new();

    private protected ICacheContent Content { get; }

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="InvalidOperationException">Called a second time.</exception>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new InvalidOperationException("A sink runs once: make a new one.");
        }

        _run = Task.Run(() => LoopAsync(cancellationToken), CancellationToken.None);
        return _run;
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gate.Dispose();
        _registry.Dispose();
        _disposed.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        using var consumer = BatchConsumer.Create(_options.Kafka, new BatchConsumerOptions { GroupId = _options.GroupId }, listener: null);
        consumer.Subscribe(Content.TopicNames);
        var next = new Dictionary<(string Topic, int Partition), long>();
        while (!stop.IsCancellationRequested)
        {
            Read(consumer.Poll(PollTimeout), next);
            if (Content.Count > 0)
            {
                // Not the caller's token: a batch is small and its time is limited.
                Counters.Add(Content.Count, await _gate.TryWriteAsync(Content, CancellationToken.None).ConfigureAwait(false));
            }

            if (next.Count > 0)
            {
                consumer.Commit([.. next.Select(n => new PartitionOffset(new PartitionId(n.Key.Topic, n.Key.Partition), n.Value))]);
            }

            if (_heldBack.Count > 0)
            {
                await WaitForRegistryAsync(consumer, stop.Token).ConfigureAwait(false);
            }
        }
    }

    private void Read(RecordBatch records, Dictionary<(string Topic, int Partition), long> next)
    {
        Content.Clear();
        next.Clear();
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            if (_heldBack.ContainsKey((record.Topic, record.Partition)))
            {
                continue;
            }

            try
            {
                next[(record.Topic, record.Partition)] = record.Offset + 1;
                if (Content.Take(record.Topic, record.Key, record.Value, record.IsValueNull))
                {
                    continue;
                }
            }
            catch (SchemaRegistryException)
            {
                // The schema is not known yet: the partition goes on here when the registry answers.
                next[(record.Topic, record.Partition)] = record.Offset;
                _heldBack[(record.Topic, record.Partition)] = record.Offset;
                continue;
            }
            catch (AvroException)
            {
                // Counted below; the PostgreSQL sink reads the same record and keeps it with its reason.
            }

            Counters.AddUnreadable();
        }
    }

    private async Task WaitForRegistryAsync(BatchConsumer consumer, CancellationToken stop)
    {
        await Task.Delay(RegistryPause, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var ((topic, partition), offset) in _heldBack)
        {
            consumer.Seek(new PartitionOffset(new PartitionId(topic, partition), offset));
        }

        _heldBack.Clear();
    }
}
