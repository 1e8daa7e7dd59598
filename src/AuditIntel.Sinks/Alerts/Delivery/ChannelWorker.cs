using AuditIntel.Contracts;
using AuditIntel.Sinks.Alerts.Channels;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace AuditIntel.Sinks.Alerts.Delivery;

/// <summary>Brings the alerts of one channel out, one after the other: rate, retries, circuit breaker, and what to do when all that was in vain.</summary>
internal sealed class ChannelWorker : IDisposable
{
    private static readonly ResiliencePropertyKey<AlertDelivery> DeliveryKey = new("delivery");

    private readonly IAlertChannel _channel;
    private readonly ChannelPolicy _policy;
    private readonly AlertDeadLetters _deadLetters;
    private readonly AlertCounters _counters;
    private readonly TimeProvider _clock;
    private readonly ChannelQueue _queue;
    private readonly TokenBucket _bucket;
    private readonly ResiliencePipeline _pipeline;
    private readonly CancellationToken _stop;

    /// <summary>When the first of the failures in a row was; null while the channel works. Owned by the worker's loop.</summary>
    private long? _failingSince;

    public ChannelWorker(
        string name, IAlertChannel channel, ChannelPolicy policy, AlertDeadLetters deadLetters, AlertCounters counters, TimeProvider clock, CancellationToken stop)
    {
        Name = name;
        (_channel, _policy, _deadLetters, _counters, _clock, _stop) = (channel, policy, deadLetters, counters, clock, stop);
        _queue = new ChannelQueue(policy.Queue, policy.Digest);
        _bucket = new TokenBucket(policy.Rate, policy.Burst, clock);
        _pipeline = Pipeline();
    }

    public string Name { get; }

    public int Waiting => _queue.Count;

    /// <summary>Takes an alert, or sets it aside; never waits.</summary>
    public void Add(AlertDelivery delivery)
    {
        if (!_queue.TryAdd(delivery))
        {
            _ = SetAsideAsync([delivery], "channel-overloaded", $"more than {_policy.Queue + _policy.Digest} alerts wait for it");
        }
    }

    /// <summary>Runs until the stop; an alert on its way then has until the abort.</summary>
    /// <exception cref="Exception">A dead letter could not be written.</exception>
    public async Task RunAsync(CancellationToken abort)
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                IReadOnlyList<AlertDelivery> deliveries = [.. (await _queue.TakeAsync(_stop).ConfigureAwait(false)).Where(each => !each.Ledger.IsGone)];
                if (deliveries.Count > 0)
                {
                    await Task.Delay(_bucket.Take(), _clock, _stop).ConfigureAwait(false);
                    await DeliverAsync(deliveries, abort).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // What was not delivered is not committed either: the next run reads it again.
        }
    }

    public void Dispose()
    {
        _queue.Dispose();
        _channel.Dispose();
    }

    private async Task DeliverAsync(IReadOnlyList<AlertDelivery> deliveries, CancellationToken abort)
    {
        Alert alert = deliveries.Count == 1 ? deliveries[0].Alert : AlertDigest.Of(Name, deliveries);
        ResilienceContext context = ResilienceContextPool.Shared.Get(abort);
        context.Properties.Set(DeliveryKey, deliveries[0]);
        try
        {
            await _pipeline.ExecuteAsync(
                async (each, state) => await state._channel.SendAsync(alert, each.CancellationToken).ConfigureAwait(false), context, this).ConfigureAwait(false);
            _failingSince = null;
            Delivered(deliveries);
        }
        catch (ChannelRefusedException e)
        {
            _failingSince = null;
            await SetAsideAsync(deliveries, "channel-refused", e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (IsPassing(e))
        {
            if (!_stop.IsCancellationRequested)
            {
                await SetAsideAsync(deliveries, "channel-unavailable", $"it has failed for {DurationText.Of(_policy.GiveUpAfter)}; at last {Reason(e)}").ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The boundary of a channel: whatever is wrong with one alert, the next one is delivered.
            await SetAsideAsync(deliveries, "delivery-failed", $"{e.GetType().Name} while it was sent").ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private void Delivered(IReadOnlyList<AlertDelivery> deliveries)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        foreach (AlertDelivery delivery in deliveries)
        {
            AlertMetrics.Latency.Record((now - (delivery.Alert.CollectedAt ?? delivery.Alert.CreatedAt)).TotalSeconds, AlertMetrics.Channel(Name));
            delivery.ChannelDone();
        }

        _counters.Delivered(Name, deliveries.Count);
    }

    private async Task SetAsideAsync(IReadOnlyList<AlertDelivery> deliveries, string errorClass, string why)
    {
        foreach (AlertDelivery delivery in deliveries)
        {
            await _deadLetters.WriteAsync(delivery, Name, errorClass, why).ConfigureAwait(false);
            delivery.ChannelDone();
            _counters.SetAside(Name, errorClass);
        }
    }

    private ResiliencePipeline Pipeline() => new ResiliencePipelineBuilder { TimeProvider = _clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(IsPassing(arguments.Outcome.Exception) && !_stop.IsCancellationRequested && Left(arguments.Context) > TimeSpan.Zero),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = _policy.RetryDelay,
            MaxDelay = _policy.MaxRetryDelay,
            DelayGenerator = arguments => ValueTask.FromResult(AskedFor(arguments.Outcome.Exception, Left(arguments.Context))),
            OnRetry = _ =>
            {
                _counters.Retried(Name);
                return ValueTask.CompletedTask;
            },
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            // All of the last failures in a row; being throttled is no failure, the other side is well and says when to come back.
            FailureRatio = 1,
            MinimumThroughput = _policy.BreakAfter,
            SamplingDuration = TimeSpan.FromMinutes(5),
            BreakDuration = _policy.BreakFor,
            ShouldHandle = arguments => ValueTask.FromResult(IsFailure(arguments.Outcome.Exception)),
        })
        .AddTimeout(_policy.Timeout)
        .Build();

    /// <summary>Time that an alert has left: it is given up when the channel has failed all the while since it came.</summary>
    private TimeSpan Left(ResilienceContext context)
    {
        _failingSince ??= _clock.GetTimestamp();
        long from = Math.Max(_failingSince.Value, context.Properties.GetValue(DeliveryKey, null!).ReceivedAt);
        return _policy.GiveUpAfter - _clock.GetElapsedTime(from);
    }

    private static TimeSpan? AskedFor(Exception? exception, TimeSpan left)
    {
        TimeSpan? asked = exception switch
        {
            ChannelUnavailableException unavailable => unavailable.RetryAfter,
            BrokenCircuitException broken => broken.RetryAfter,
            _ => null,
        };
        return asked < left ? asked : asked is null ? null : left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    private static bool IsFailure(Exception? exception) =>
        exception is ChannelUnavailableException { IsThrottled: false } or TimeoutRejectedException;

    private static bool IsPassing(Exception? exception) =>
        exception is ChannelUnavailableException or TimeoutRejectedException or BrokenCircuitException;

    private string Reason(Exception exception) => exception switch
    {
        TimeoutRejectedException => $"there was no answer within {DurationText.Of(_policy.Timeout)}",
        BrokenCircuitException { InnerException: { } inner } => inner is ChannelUnavailableException ? inner.Message : "there was no answer",
        BrokenCircuitException => "it was left alone after failures in a row",
        _ => exception.Message,
    };
}
