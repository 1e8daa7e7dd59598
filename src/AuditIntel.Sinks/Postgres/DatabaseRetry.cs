using Polly;
using Polly.Retry;

namespace AuditIntel.Sinks.Postgres;

/// <summary>The sink's retries: exponential pauses with jitter, bounded in length and number.</summary>
internal static class DatabaseRetry
{
    /// <summary>The pipeline of one sink; <paramref name="onRetry"/> is told each failure that will be tried again.</summary>
    public static ResiliencePipeline Pipeline(PostgresSinkOptions options, TimeProvider clock, Action<Exception> onRetry) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(DatabaseFault.IsTransient),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                MaxRetryAttempts = options.MaxRetries,
                OnRetry = retry =>
                {
                    if (retry.Outcome.Exception is { } exception)
                    {
                        onRetry(exception);
                    }

                    return ValueTask.CompletedTask;
                },
            })
            .Build();
}
