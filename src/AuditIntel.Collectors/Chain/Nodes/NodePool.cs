using System.Globalization;
using AuditIntel.Collectors.Chain.Values;
using Polly;
using Polly.Retry;

namespace AuditIntel.Collectors.Chain.Nodes;

/// <summary>
/// The endpoints of one chain. A question goes to the first that is not to be left alone; what fails there is asked again elsewhere, or
/// after a pause with jitter. Endpoints that serve another chain are left out for good. Safe for concurrent use.
/// </summary>
internal sealed class NodePool : IDisposable
{
    /// <summary>An endpoint that just failed lets the others go first for so long.</summary>
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);

    private readonly NodeOptions _options;
    private readonly NodeEndpoint[] _endpoints;
    private readonly ResiliencePipeline _retry;
    private readonly Action<string>? _onWarning;
    private long _chainId;

    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public NodePool(NodeOptions options, Action<string>? onWarning)
    {
        string[] errors = [.. options.Validate()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        _options = options;
        _onWarning = onWarning;
        _chainId = options.ChainId ?? 0;
        _endpoints = [.. options.Endpoints.Select(endpoint => new NodeEndpoint(endpoint, options))];
        _retry = options.MaxAttempts == 1 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = options.Clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                Delay = options.FirstPause,
                MaxDelay = options.LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<NodeException>(e => e.Kind != NodeErrorKind.WrongChain),
                DelayGenerator = arguments => ValueTask.FromResult(PauseBefore(arguments)),
                OnRetry = arguments =>
                {
                    _onWarning?.Invoke(arguments.Outcome.Exception!.Message);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>The chain that all endpoints serve; asks for it when it is not known yet.</summary>
    public async Task<long> ChainIdAsync(CancellationToken cancellationToken) =>
        _chainId != 0 ? _chainId : await AskAsync((_, _) => Task.FromResult(Volatile.Read(ref _chainId)), cancellationToken).ConfigureAwait(false);

    /// <summary>Asks an endpoint, and others when it fails.</summary>
    /// <exception cref="NodeException">The last failure, after all tries.</exception>
    public async Task<T> AskAsync<T>(Func<NodeEndpoint, CancellationToken, Task<T>> question, CancellationToken cancellationToken) =>
        await _retry.ExecuteAsync(
            async token =>
            {
                NodeEndpoint endpoint = Choose();
                try
                {
                    await CheckChainAsync(endpoint, token).ConfigureAwait(false);
                    return await question(endpoint, token).ConfigureAwait(false);
                }
                catch (NodeException e) when (e.Kind != NodeErrorKind.WrongChain)
                {
                    endpoint.RestFor(e.RetryAfter ?? RestAfterFailure);
                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);

    public void Dispose()
    {
        foreach (NodeEndpoint endpoint in _endpoints)
        {
            endpoint.Dispose();
        }
    }

    private bool IsOfThisChain(NodeEndpoint endpoint) => endpoint.ChainId is not { } chain || chain == Volatile.Read(ref _chainId);

    private NodeEndpoint Choose()
    {
        NodeEndpoint? best = null;
        TimeSpan leastRest = TimeSpan.MaxValue;
        foreach (NodeEndpoint endpoint in _endpoints)
        {
            if (IsOfThisChain(endpoint) && endpoint.Rest is var rest && rest < leastRest)
            {
                (best, leastRest) = (endpoint, rest);
            }
        }

        return best ?? throw new NodeException(
            NodeErrorKind.WrongChain, string.Create(CultureInfo.InvariantCulture, $"No endpoint serves chain {_chainId}; check the addresses or the chain id."));
    }

    /// <summary>Null leaves the pause to the strategy: exponential, with jitter.</summary>
    private TimeSpan? PauseBefore(RetryDelayGeneratorArguments<object> arguments)
    {
        TimeSpan rest = TimeSpan.MaxValue;
        foreach (NodeEndpoint endpoint in _endpoints)
        {
            if (IsOfThisChain(endpoint) && endpoint.Rest is var its && its < rest)
            {
                rest = its;
            }
        }

        // Somebody else can be asked at once, as long as that has not been tried over and over.
        if (rest == TimeSpan.Zero && arguments.AttemptNumber < _endpoints.Length)
        {
            return TimeSpan.Zero;
        }

        return arguments.Outcome.Exception is NodeException { RetryAfter: { } after } && rest > TimeSpan.Zero && rest <= after ? rest : null;
    }

    /// <summary>Asks an endpoint that was not asked before which chain it serves.</summary>
    private async Task CheckChainAsync(NodeEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.ChainId is not null)
        {
            return;
        }

        Collectors.Chain.JsonRpc.RpcAnswer answer = await endpoint.AskAsync(RpcCall.ChainId, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> text = answer.Result.Span.StartsWith("\""u8) ? answer.Result[1..^1] : answer.Result;
        if (ChainNumber.ReadLong(text.Span, out long chain) != NumberFault.None || chain == 0)
        {
            throw new NodeException(NodeErrorKind.Malformed, $"{endpoint.Name} answers eth_chainId with no chain id.");
        }

        long expected = Interlocked.CompareExchange(ref _chainId, chain, 0);
        endpoint.ChainId = chain;
        if (expected != 0 && expected != chain)
        {
            throw new NodeException(NodeErrorKind.NotThere, string.Create(CultureInfo.InvariantCulture, $"{endpoint.Name} serves chain {chain} instead of {expected}; it is left out."));
        }
    }
}
