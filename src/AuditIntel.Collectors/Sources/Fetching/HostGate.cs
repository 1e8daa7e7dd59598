using AuditIntel.Collectors.Chain.Nodes;
using Polly;
using Polly.CircuitBreaker;

namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>What all sources of one host share: its pace, its rest after Retry-After, its circuit breaker and its robots.txt. Safe for concurrent use.</summary>
internal sealed class HostGate : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly RequestPacer _pacer;
    private readonly Lock _gate = new();
    private DateTimeOffset _restsUntil = DateTimeOffset.MinValue;
    private (RobotsRules Rules, DateTimeOffset Until)? _robots;

    public HostGate(double requestsPerSecond, FetchOptions options)
    {
        _clock = options.Clock;
        _pacer = new RequestPacer(requestsPerSecond, options.Clock);
        Breaker = new ResiliencePipelineBuilder { TimeProvider = options.Clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.9,
                MinimumThroughput = options.FailuresThatBreak,
                SamplingDuration = TimeSpan.FromMinutes(10),
                BreakDuration = options.BreakDuration,

                // A throttling host is alive and says when it wants to be asked.
                ShouldHandle = new PredicateBuilder().Handle<FetchException>(e => e.IsPassing && e.Fault is not FetchFault.Throttled),
            })
            .Build();
    }

    public ResiliencePipeline Breaker { get; }

    /// <summary>One reader of robots.txt at a time.</summary>
    public SemaphoreSlim RobotsTurn { get; } = new(1);

    /// <summary>How long the host wants to be left alone.</summary>
    public TimeSpan Rest
    {
        get
        {
            lock (_gate)
            {
                TimeSpan rest = _restsUntil - _clock.GetUtcNow();
                return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Rules that are still good, or null.</summary>
    public RobotsRules? Robots
    {
        get
        {
            lock (_gate)
            {
                return _robots is { } robots && robots.Until > _clock.GetUtcNow() ? robots.Rules : null;
            }
        }
    }

    public void Keep(RobotsRules rules, TimeSpan lifetime)
    {
        lock (_gate)
        {
            _robots = (rules, _clock.GetUtcNow() + lifetime);
        }
    }

    public void RestFor(TimeSpan time)
    {
        lock (_gate)
        {
            DateTimeOffset until = _clock.GetUtcNow() + time;
            _restsUntil = until > _restsUntil ? until : _restsUntil;
        }
    }

    /// <summary>Returns when a request may go.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _pacer.WaitAsync(cancellationToken);

    public void Dispose() => RobotsTurn.Dispose();
}
