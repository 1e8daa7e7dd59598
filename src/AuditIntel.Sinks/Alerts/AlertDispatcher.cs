using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Sinks.Alerts.Delivery;

namespace AuditIntel.Sinks.Alerts;

/// <summary>
/// Brings alerts to people: reads the committed ones of the alerts topic and gives each to its channels, which work apart from each other. An offset is
/// committed when every channel has delivered the alerts up to it or set them aside: at least once, with the alert's id as idempotency key.
/// </summary>
public sealed partial class AlertDispatcher : IAsyncDisposable
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RegistryPause = TimeSpan.FromSeconds(1);

    private readonly AlertDispatcherOptions _options;
    private readonly TimeProvider _clock;
    private readonly SchemaRegistryClient _registry;
    private readonly ConfluentAvroDeserializer<Alert> _deserializer;
    private readonly Dictionary<string, ChannelWorker> _workers = [];
    private readonly CancellationTokenSource _disposed = new();
    private AlertDeadLetters? _deadLetters;
    private Task _run = Task.CompletedTask;
    private int _started;
    private bool _isIdle;

    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public AlertDispatcher(AlertDispatcherOptions options, TimeProvider? clock = null)
    {
        string[] faults = [.. options.Validate()];
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _clock = clock ?? TimeProvider.System;
        _registry = new SchemaRegistryClient(options.SchemaRegistry);
        _deserializer = new ConfluentAvroDeserializer<Alert>(_registry);
    }

    public AlertCounters Counters { get; } = new();

    /// <summary>Whether all that this instance's partitions held at the last look is delivered or set aside, and committed.</summary>
    public bool IsIdle => Volatile.Read(ref _isIdle);

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="KafkaFailureException">The broker stays away, or a dead letter cannot be written; nothing is lost, a restart goes on from the committed offsets.</exception>
    /// <exception cref="SchemaRegistryException">The registry does not answer at the start.</exception>
    /// <exception cref="InvalidOperationException">Called a second time.</exception>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new InvalidOperationException("A dispatcher runs once: make a new one.");
        }

        // The consumer blocks while it polls: that must not be the caller's thread.
        _run = Task.Run(() => RunToEndAsync(cancellationToken), CancellationToken.None);
        return _run;
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _registry.Dispose();
        _disposed.Dispose();
    }

    private async Task RunToEndAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        using var abort = new CancellationTokenSource();
        using CancellationTokenRegistration stopping = stop.Token.Register(() => abort.CancelAfter(_options.StopTimeout));
        ConfluentAvroSerializer<DeadLetter> letters;
        try
        {
            letters = await ConfluentAvroSerializer<DeadLetter>.CreateAsync(_registry, Topics.AlertDeadLetters.Subject, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }

        _deadLetters = new AlertDeadLetters(_options.Kafka, letters, _clock);
        try
        {
            foreach (AlertChannelPlan plan in _options.Channels.Channels)
            {
                _workers.Add(plan.Name, new ChannelWorker(
                    plan.Name, plan.Open(_clock, _options.Console ?? Console.Out), plan.Policy, _deadLetters, Counters, _clock, stop.Token));
            }

            await ReadAsync(stop, abort.Token).ConfigureAwait(false);
        }
        finally
        {
            foreach (ChannelWorker worker in _workers.Values)
            {
                worker.Dispose();
            }

            await _deadLetters.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(CancellationTokenSource stop, CancellationToken abort)
    {
        using BatchConsumer consumer = Open();
        Task[] running = [.. _workers.Values.Select(worker => Task.Run(() => worker.RunAsync(abort), CancellationToken.None)), _deadLetters!.Completion];
        try
        {
            while (!stop.IsCancellationRequested)
            {
                Take(consumer.Poll(PollTimeout));
                CommitWhenDue(consumer, isLast: false);
                if (_heldBack.Count > 0)
                {
                    await WaitForRegistryAsync(consumer, stop.Token).ConfigureAwait(false);
                }

                if (Array.Find(running, task => task.IsFaulted) is { } failed)
                {
                    await failed.ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running[..^1]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            CommitWhenDue(consumer, isLast: true);
        }
    }
}
