using AuditIntel.Contracts;
using AuditIntel.Sinks.Findings;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;

namespace AuditIntel.Sinks.Redis;

/// <summary>
/// The keys of the cache and how a batch gets there: pipelined, behind a circuit breaker. Every write sets what the record says and adds to
/// sets, so writing a record again changes nothing.
/// </summary>
internal sealed class FindingsCache : IDisposable
{
    private readonly ConfigurationOptions _configuration;
    private readonly TimeSpan? _timeToLive;
    private readonly ResiliencePipeline _pipeline;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private ConnectionMultiplexer? _connection;

    public FindingsCache(RedisFindingsSinkOptions options, TimeProvider clock)
    {
        _timeToLive = options.TimeToLive;
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

    public static RedisKey FindingKey(string id) => "finding:" + id;

    public static RedisKey ContestKeyOf(string platform, string contest) => $"contest:{platform}/{contest}";

    /// <summary>Ids of a contest's findings of one severity; its cardinality is the counter.</summary>
    public static RedisKey SeverityKey(string platform, string contest, Severity severity) =>
        $"contest:{platform}/{contest}:{FindingRows.Label(severity)}";

    /// <returns>False when Redis is not to be had: nothing, or not everything, was written.</returns>
    public async Task<bool> TryWriteAsync(IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        try
        {
            await _pipeline.ExecuteAsync(async token => await WriteAsync(findings, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
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

    private async Task WriteAsync(IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        var connection = await ConnectionAsync(cancellationToken).ConfigureAwait(false);
        var database = connection.GetDatabase();
        var batch = database.CreateBatch();
        var answers = new List<Task>(findings.Count * 10);
        foreach (var finding in findings)
        {
            Add(batch, finding, answers);
        }

        batch.Execute();
        await Task.WhenAll(answers).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Add(IBatch batch, Finding finding, List<Task> answers)
    {
        var key = FindingKey(finding.Id);
        answers.Add(batch.HashSetAsync(
            key,
            [
                new("title", finding.Title),
                new("severity", FindingRows.Label(finding.Severity)),
                new("type", finding.VulnerabilityType),
                new("platform", finding.Platform),
                new("contest", finding.Contest),
                new("url", finding.Url ?? ""),
            ]));
        if (_timeToLive is { } life)
        {
            answers.Add(batch.KeyExpireAsync(key, life));
        }

        answers.Add(batch.SetAddAsync(ContestKeyOf(finding.Platform, finding.Contest), finding.Id));
        for (var severity = Severity.Unknown; severity <= Severity.Critical; severity++)
        {
            // A finding whose severity changed leaves the set of the old one.
            var set = SeverityKey(finding.Platform, finding.Contest, severity);
            answers.Add(severity == finding.Severity ? batch.SetAddAsync(set, finding.Id) : batch.SetRemoveAsync(set, finding.Id));
        }
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
