using AuditIntel.Kafka;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Registry.Storage;

/// <summary>
/// The compacted topic <c>_schemas</c>: its reader follows it from the first record on, all the time; a writer has its record acknowledged by all replicas, and
/// then waits until the reader has seen it.
/// </summary>
internal sealed class SchemaTopic : IAsyncDisposable
{
    public const string Name = "_schemas";

    private static readonly PartitionId Partition = new(Name, 0);
    private static readonly TimeSpan PollTurn = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProducerClose = TimeSpan.FromSeconds(2);

    private readonly KafkaOptions _kafka;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly TopicAdmin _admin;
    private readonly Action<long, byte[], byte[]?> _onRecord;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<(long Position, TaskCompletionSource Reached)> _waiters = [];
    private long _position;
    private BatchConsumer? _consumer;
    private BatchProducer? _producer;
    private Task _reader = Task.CompletedTask;

    private SchemaTopic(KafkaOptions kafka, TimeSpan timeout, TimeProvider clock, ILogger logger, Action<long, byte[], byte[]?> onRecord)
    {
        _kafka = kafka;
        _timeout = timeout;
        _clock = clock;
        _logger = logger;
        _onRecord = onRecord;
        _admin = new TopicAdmin(kafka, Warn, timeout, clock);
    }

    /// <summary>Creates the topic where it is missing, and reads it to its end.</summary>
    /// <param name="kafka">The cluster.</param>
    /// <param name="timeout">Longest wait for each step.</param>
    /// <param name="clock">Time of the waits.</param>
    /// <param name="logger">Hears of trouble.</param>
    /// <param name="onRecord">Gets every record with its offset, one after the other, on the reader's thread.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="KafkaFailureException">The topic has more than one partition, or cannot be created or read.</exception>
    /// <exception cref="TimeoutException">Its end was not reached in time.</exception>
    public static async Task<SchemaTopic> OpenAsync(
        KafkaOptions kafka, TimeSpan timeout, TimeProvider clock, ILogger logger, Action<long, byte[], byte[]?> onRecord, CancellationToken cancellationToken)
    {
        var topic = new SchemaTopic(kafka, timeout, clock, logger, onRecord);
        try
        {
            var spec = new TopicSpec(Name, 1, new Dictionary<string, string> { ["cleanup.policy"] = "compact" });
            await topic._admin.EnsureTopicsAsync([spec], cancellationToken).ConfigureAwait(false);
            topic._reader = Task.Factory.StartNew(topic.Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await topic.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            return topic;
        }
        catch
        {
            await topic.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until the reader has seen all that the topic holds now.</summary>
    /// <exception cref="KafkaFailureException">The cluster does not answer.</exception>
    /// <exception cref="TimeoutException">The reader does not get there.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<OffsetRange> ranges = await _admin.OffsetsAsync([Name], cancellationToken).ConfigureAwait(false);
        if (ranges.Count != 1)
        {
            throw new KafkaFailureException($"Topic {Name} is gone.", 0);
        }

        await ReachAsync(ranges[0].End, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a record, for one caller at a time, and returns its offset when the reader has handed it on.</summary>
    /// <exception cref="KafkaFailureException">It was not acknowledged.</exception>
    /// <exception cref="TimeoutException">The reader does not see it.</exception>
    public async Task<long> AppendAsync(byte[] key, byte[]? value)
    {
        long offset = await Task.Run(() => Produce(key, value), _stop.Token).ConfigureAwait(false);
        await ReachAsync(offset + 1, _stop.Token).ConfigureAwait(false);
        return offset;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _consumer?.Wakeup();
        }

        await _reader.ConfigureAwait(false);
        await Task.Run(() =>
        {
            _producer?.Dispose();
            _admin.Dispose();
        }).ConfigureAwait(false);
        _stop.Dispose();
    }

    private long Produce(byte[] key, byte[]? value)
    {
        try
        {
            _producer ??= BatchProducer.Create(
                _kafka,
                new BatchProducerOptions { Linger = TimeSpan.Zero, DeliveryTimeout = _timeout, CloseTimeout = ProducerClose, BufferKilobytes = 8 * 1024, TrackOffsets = true },
                Warn);
            TopicHandle topic = _producer.Topic(Name);
            _producer.Produce(topic, 0, key, value is null ? default : value.AsSpan(), cancellationToken: _stop.Token);
            _producer.Flush(_timeout, _stop.Token);
            return _producer.AcknowledgedOffset(topic, 0);
        }
        catch
        {
            // What it still holds must not come through after the caller was told that it failed.
            _producer?.Dispose();
            _producer = null;
            throw;
        }
    }

    private async Task ReachAsync(long position, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_position >= position)
            {
                return;
            }

            _waiters.Add((position, reached));
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
            await reached.Task.WaitAsync(_timeout, _clock, either.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The reader of {Name} did not reach offset {position} within {_timeout.TotalSeconds:0} s.");
        }
        finally
        {
            lock (_gate)
            {
                _waiters.RemoveAll(waiter => waiter.Reached == reached);
            }
        }
    }

    private void Read()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using BatchConsumer consumer = BatchConsumer.Create(_kafka, new BatchConsumerOptions { PrefetchKilobytes = 16 * 1024, CloseTimeout = ProducerClose }, onWarning: Warn);
                Follow(consumer);
            }
            catch (Exception e)
            {
                RegistryLog.ReaderFailed(_logger, Name, _position, e);
                _stop.Token.WaitHandle.WaitOne(RestartPause);
            }
        }
    }

    private void Follow(BatchConsumer consumer)
    {
        consumer.Assign([new PartitionOffset(Partition, _position)]);
        lock (_gate)
        {
            _consumer = consumer;
        }

        try
        {
            while (!_stop.IsCancellationRequested)
            {
                RecordBatch batch = consumer.Poll(PollTurn);
                for (int i = 0; i < batch.Count; i++)
                {
                    ConsumedRecord record = batch[i];
                    if (!record.IsKeyNull)
                    {
                        _onRecord(record.Offset, record.Key.ToArray(), record.IsValueNull ? null : record.Value.ToArray());
                    }
                }

                Publish(consumer.Position(Partition));
            }
        }
        finally
        {
            lock (_gate)
            {
                _consumer = null;
            }
        }
    }

    private void Publish(long position)
    {
        lock (_gate)
        {
            _position = Math.Max(_position, position);
            foreach ((long wanted, TaskCompletionSource reached) in _waiters)
            {
                if (wanted <= _position)
                {
                    reached.TrySetResult();
                }
            }
        }
    }

    private void Warn(string warning) => RegistryLog.KafkaTrouble(_logger, warning);
}
