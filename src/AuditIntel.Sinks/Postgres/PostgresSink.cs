using AuditIntel.Avro;
using AuditIntel.Kafka;
using Polly;

namespace AuditIntel.Sinks.Postgres;

/// <summary>
/// Brings records from their topics into PostgreSQL, exactly once: the rows of a batch and the offsets behind it are committed in one database
/// transaction, and that transaction is refused when another owner has moved an offset meanwhile. While one batch is written the next is filled.
/// Run <see cref="PostgresMigrator"/> first. Several instances of the same name and group share the partitions.
/// </summary>
public abstract partial class PostgresSink : IAsyncDisposable
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);

    private readonly PostgresSinkOptions _options;
    private readonly TimeProvider _clock;
    private readonly SchemaRegistryClient _registry;
    private readonly ISinkContent _content;
    private readonly SinkDecoder _decoder;
    private readonly SinkWriter _writer;
    private readonly ResiliencePipeline _retry;
    private readonly CancellationTokenSource _disposed = new();

    private SinkBatch _filling = new();
    private SinkBatch _spare = new();
    private SinkBatch? _inFlight;
    private Task<WriteOutcome>? _write;
    private Task _run = Task.CompletedTask;
    private BatchConsumer? _bounds;
    private int _state;
    private string? _trouble;

    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    private protected PostgresSink(PostgresSinkOptions options, Func<SchemaRegistryClient, TimeProvider, ISinkContent> content, TimeProvider? clock)
    {
        var faults = options.Validate().ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _clock = clock ?? TimeProvider.System;
        _registry = new SchemaRegistryClient(options.SchemaRegistry);
        _content = content(_registry, _clock);
        _decoder = new SinkDecoder(_content, Counters, _clock);
        _writer = new SinkWriter(options, _content, Counters, _clock);
        _retry = DatabaseRetry.Pipeline(options, _clock, Retrying);
    }

    /// <summary>What the sink has done so far.</summary>
    public SinkCounters Counters { get; } = new();

    public SinkState State => (SinkState)Volatile.Read(ref _state);

    /// <summary>Why the sink is <see cref="SinkState.Retrying"/>, otherwise null.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Runs until cancelled; the batch at hand is written before it returns, within <see cref="PostgresSinkOptions.StopTimeout"/>.</summary>
    /// <exception cref="SinkUnavailableException">The database or the registry stayed away for all retries.</exception>
    /// <exception cref="InvalidOperationException">Called a second time.</exception>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, (int)SinkState.Running, (int)SinkState.Created) != (int)SinkState.Created)
        {
            throw new InvalidOperationException("A sink runs once: make a new one.");
        }

        // The consumer blocks while it polls: that must not be the caller's thread.
        _run = Task.Run(() => RunToEndAsync(cancellationToken), CancellationToken.None);
        return _run;
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _writer.DisposeAsync().ConfigureAwait(false);
        _registry.Dispose();
        (_content as IDisposable)?.Dispose();
        _filling.Dispose();
        _spare.Dispose();
        _disposed.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task RunToEndAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        using var abort = new CancellationTokenSource();
        using var stopping = stop.Token.Register(() => abort.CancelAfter(_options.StopTimeout));
        try
        {
            using var consumer = Open();
            using var bounds = OpenBounds();
            lock (_consumerGate)
            {
                _bounds = bounds;
            }

            try
            {
                await LoopAsync(consumer, stop.Token, abort.Token).ConfigureAwait(false);
            }
            finally
            {
                lock (_consumerGate)
                {
                    _bounds = null;
                }
            }

            Volatile.Write(ref _state, (int)SinkState.Stopped);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The stop timed out: what was not written is read again by the next run.
            Volatile.Write(ref _state, (int)SinkState.Stopped);
        }
        catch (Exception e) when (DatabaseFault.IsTransient(e) || IsRegistryAway(e))
        {
            Volatile.Write(ref _state, (int)SinkState.Failed);
            throw new SinkUnavailableException(
                $"Sink {_options.SinkName} gave up after {_options.MaxRetries} retries: {e.Message} Bring the service back and start again; nothing is lost.", e);
        }
        catch
        {
            Volatile.Write(ref _state, (int)SinkState.Failed);
            throw;
        }
    }

    private async Task LoopAsync(BatchConsumer consumer, CancellationToken stop, CancellationToken abort)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await StepAsync(consumer, stop, abort).ConfigureAwait(false);
            }

            await FinishWriteAsync(consumer, abort).ConfigureAwait(false);
            if (!_filling.IsEmpty)
            {
                StartWrite(abort);
                await FinishWriteAsync(consumer, abort).ConfigureAwait(false);
            }
        }
        finally
        {
            if (_write is { } write)
            {
                await ((Task)write).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task StepAsync(BatchConsumer consumer, CancellationToken stop, CancellationToken abort)
    {
        Take(consumer, consumer.Poll(UntilDue()));
        if (_registryFault is not null)
        {
            await WaitForRegistryAsync(consumer, stop).ConfigureAwait(false);
        }

        if (HasUnplaced())
        {
            await PlaceAsync(consumer, stop).ConfigureAwait(false);
        }

        if (_write is { IsCompleted: true })
        {
            await FinishWriteAsync(consumer, stop).ConfigureAwait(false);
        }

        if (IsDue())
        {
            await FinishWriteAsync(consumer, abort).ConfigureAwait(false);
            StartWrite(abort);
        }
    }

    private bool IsDue() =>
        !_filling.IsEmpty
        && (_filling.Records.Count >= _options.MaxBatchRecords
            || _filling.ByteCount >= _options.MaxBatchBytes
            || (_write is null && _clock.GetElapsedTime(_filling.StartedAt) >= _options.MaxBatchDelay));

    private TimeSpan UntilDue()
    {
        if (_filling.IsEmpty || _write is not null)
        {
            return PollTimeout;
        }

        var rest = _options.MaxBatchDelay - _clock.GetElapsedTime(_filling.StartedAt);
        return rest < TimeSpan.Zero ? TimeSpan.Zero : rest < PollTimeout ? rest : PollTimeout;
    }

    private void Retrying(Exception exception)
    {
        Counters.Retry();
        Volatile.Write(ref _trouble, exception.Message);
        Interlocked.CompareExchange(ref _state, (int)SinkState.Retrying, (int)SinkState.Running);
    }

    private void Recovered()
    {
        if (Interlocked.CompareExchange(ref _state, (int)SinkState.Running, (int)SinkState.Retrying) == (int)SinkState.Retrying)
        {
            Volatile.Write(ref _trouble, null);
        }
    }
}
