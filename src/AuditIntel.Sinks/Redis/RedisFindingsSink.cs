using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Sinks.Findings;

namespace AuditIntel.Sinks.Redis;

/// <summary>
/// Keeps findings at hand in Redis: hash finding:{id}, set contest:{platform/contest} of its finding ids, and one set for each severity below it.
/// A cache: while Redis is away its batches are skipped, never waited for, and their offsets are committed all the same; what was skipped
/// is missing until it is collected again or the group's offsets are set back. PostgreSQL has everything.
/// </summary>
public sealed class RedisFindingsSink : IAsyncDisposable
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RegistryPause = TimeSpan.FromSeconds(1);

    private readonly RedisFindingsSinkOptions _options;
    private readonly SchemaRegistryClient _registry;
    private readonly ConfluentAvroDeserializer<Finding> _deserializer;
    private readonly FindingsCache _cache;
    private readonly TimeProvider _clock;
    private readonly Dictionary<(string Topic, int Partition), long> _heldBack = [];
    private readonly CancellationTokenSource _disposed = new();
    private Task _run = Task.CompletedTask;
    private int _started;

    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public RedisFindingsSink(RedisFindingsSinkOptions options, TimeProvider? clock = null)
    {
        var faults = options.Validate().ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _registry = new SchemaRegistryClient(options.SchemaRegistry);
        _deserializer = new ConfluentAvroDeserializer<Finding>(_registry);
        _clock = clock ?? TimeProvider.System;
        _cache = new FindingsCache(options, _clock);
    }

    public RedisSinkCounters Counters { get; } = new();

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
        _cache.Dispose();
        _registry.Dispose();
        _disposed.Dispose();
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        using var consumer = BatchConsumer.Create(_options.Kafka, new BatchConsumerOptions { GroupId = _options.GroupId }, listener: null);
        consumer.Subscribe([Topics.Findings.Name]);
        var findings = new List<Finding>();
        var next = new Dictionary<(string Topic, int Partition), long>();
        while (!stop.IsCancellationRequested)
        {
            Read(consumer.Poll(PollTimeout), findings, next);
            if (findings.Count > 0)
            {
                // Not the caller's token: a batch is small and its time is limited.
                Counters.Add(findings.Count, await _cache.TryWriteAsync(findings, CancellationToken.None).ConfigureAwait(false));
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

    private void Read(RecordBatch records, List<Finding> findings, Dictionary<(string Topic, int Partition), long> next)
    {
        findings.Clear();
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
                if (!record.IsValueNull && _deserializer.Deserialize(record.Value) is var finding && FindingRules.Fault(finding) is null)
                {
                    findings.Add(finding);
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
