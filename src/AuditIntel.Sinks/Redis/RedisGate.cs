using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;

namespace AuditIntel.Sinks.Redis;

/// <summary>The way to Redis: pipelined batches behind a circuit breaker, each with a time limit.</summary>
internal sealed class RedisGate : IDisposable
{
    private readonly ConfigurationOptions _configuration;
    private readonly ResiliencePipeline _pipeline;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private ConnectionMultiplexer? _connection;

    public RedisGate(RedisSinkOptions options, TimeProvider clock)
    {
        _configuration = ConfigurationOptions.Parse(options.Redis);
        _configuration.AbortOnConnectFail = false;
        _configuration.ConnectTimeout = (int)options.OperationTimeout.TotalMilliseconds;
        _configuration.SyncTimeout = (int)options.OperationTimeout.TotalMilliseconds;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // Two failures in a row open it: the cache is not worth waiting for.
                FailureRatio = 1,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = options.BreakDuration,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(IsRedisAway),
            })
            .AddTimeout(options.OperationTimeout)
            .Build();
    }

    /// <returns>False when Redis is not to be had: nothing, or not everything, was written.</returns>
    public async Task<bool> TryWriteAsync(ICacheContent content, CancellationToken cancellationToken)
    {
        try
        {
            await _pipeline.ExecuteAsync(async token => await WriteAsync(content, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (BrokenCircuitException)
        {
            return false;
        }
        catch (Exception e) when (IsRedisAway(e))
        {
            return false;
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connecting.Dispose();
    }

    private static bool IsRedisAway(Exception exception) =>
        exception is RedisException or TimeoutRejectedException or TimeoutException or System.Net.Sockets.SocketException or IOException;

    private async Task WriteAsync(ICacheContent content, CancellationToken cancellationToken)
    {
        var connection = await ConnectionAsync(cancellationToken).ConfigureAwait(false);
        var batch = connection.GetDatabase().CreateBatch();
        var answers = new List<Task>();
        content.Send(batch, answers);
        batch.Execute();
        await Task.WhenAll(answers).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<ConnectionMultiplexer> ConnectionAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _connection ??= await ConnectionMultiplexer.ConnectAsync(_configuration).ConfigureAwait(false);
        }
        finally
        {
            _connecting.Release();
        }
    }
}
