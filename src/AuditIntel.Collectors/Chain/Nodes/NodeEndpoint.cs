using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AuditIntel.Collectors.Chain.JsonRpc;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace AuditIntel.Collectors.Chain.Nodes;

/// <summary>
/// One HTTP endpoint of a chain, with its own pace, timeout and circuit breaker, and what was learned of it: how many calls it takes at once,
/// and which methods it lacks. Safe for concurrent use.
/// </summary>
internal sealed class NodeEndpoint : IDisposable
{
    private const int AnswersBeforeGrowth = 20;
    private const int FailuresThatBreak = 5;
    private const int RepeatsOfAPart = 2;

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BreakerWindow = TimeSpan.FromSeconds(30);

    private readonly Uri _address;
    private readonly NodeOptions _options;
    private readonly HttpClient _http;
    private readonly RequestPacer _pacer;
    private readonly ResiliencePipeline _pipeline;
    private readonly Lock _gate = new();
    private int _batchSize;
    private int _goodAnswers;
    private DateTimeOffset _restsUntil = DateTimeOffset.MinValue;

    public NodeEndpoint(Uri address, NodeOptions options)
    {
        _address = address;
        _options = options;
        _batchSize = options.BatchSize;
        _pacer = new RequestPacer(options.RequestsPerSecond, options.Clock);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = options.RequestTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (address.UserInfo is { Length: > 0 } user)
        {
            string basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user)));
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", basic);
        }

        _pipeline = new ResiliencePipelineBuilder { TimeProvider = options.Clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = FailuresThatBreak,
                SamplingDuration = BreakerWindow,
                BreakDuration = options.BreakDuration,
                OnOpened = arguments =>
                {
                    RestFor(arguments.BreakDuration);
                    return ValueTask.CompletedTask;
                },
                ShouldHandle = new PredicateBuilder().Handle<TimeoutRejectedException>().Handle<NodeException>(e => e.Kind == NodeErrorKind.Unreachable),
            })
            .AddTimeout(options.RequestTimeout)
            .Build();
    }

    /// <summary>For messages: never the path or the user, where providers keep API keys.</summary>
    public string Name => _address.Authority;

    /// <summary>The chain that it serves, once it was asked.</summary>
    public long? ChainId { get; set; }

    /// <summary>True while it has not refused eth_getBlockReceipts.</summary>
    public bool HasBlockReceipts { get; set; } = true;

    public int BatchSize
    {
        get
        {
            lock (_gate)
            {
                return _batchSize;
            }
        }
    }

    /// <summary>How long it should still be left alone; zero when it may be asked.</summary>
    public TimeSpan Rest
    {
        get
        {
            lock (_gate)
            {
                TimeSpan rest = _restsUntil - _options.Clock.GetUtcNow();
                return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
            }
        }
    }

    public void RestFor(TimeSpan time)
    {
        lock (_gate)
        {
            DateTimeOffset until = _options.Clock.GetUtcNow() + (time < LongestRetryAfter ? time : LongestRetryAfter);
            _restsUntil = until > _restsUntil ? until : _restsUntil;
        }
    }

    /// <summary>Asks one question.</summary>
    /// <exception cref="NodeException">There is no good answer.</exception>
    public async Task<RpcAnswer> AskAsync(RpcCall call, CancellationToken cancellationToken)
    {
        RpcAnswer answer = (await SendAsync([call], cancellationToken).ConfigureAwait(false))[0];
        return answer.Error is { } error ? throw NodeErrors.Of(Name, error, call.Method) : answer;
    }

    /// <summary>
    /// Asks several questions, in as few requests as the endpoint takes. Answers come in the order of the questions; one may hold an error,
    /// except of the kinds that concern the endpoint as a whole.
    /// </summary>
    /// <exception cref="NodeException">There is no good answer.</exception>
    public async Task<RpcAnswer[]> AskAsync(IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken)
    {
        var answers = new RpcAnswer[calls.Count];
        int failures = 0;
        for (int done = 0; done < calls.Count;)
        {
            RpcCall[] part = [.. calls.Skip(done).Take(BatchSize)];
            try
            {
                RpcAnswer[] got = await SendAsync(part, cancellationToken).ConfigureAwait(false);
                got.CopyTo(answers, done);
                done += part.Length;
                failures = 0;
                Grow();
            }
            catch (NodeException e) when (e.Kind == NodeErrorKind.TooLarge && part.Length > 1)
            {
                Shrink(part.Length);
            }
            catch (NodeException e) when (done > 0 && e.Kind is (NodeErrorKind.Unreachable or NodeErrorKind.Malformed) && failures < RepeatsOfAPart)
            {
                // One bad answer among many good ones: to ask for all of them again would never end with a node that fails now and then.
                failures++;
                await Task.Delay(_options.FirstPause, _options.Clock, cancellationToken).ConfigureAwait(false);
            }
        }

        return answers;
    }

    public void Dispose() => _http.Dispose();

    private async Task<RpcAnswer[]> SendAsync(RpcCall[] calls, CancellationToken cancellationToken)
    {
        await _pacer.WaitAsync(cancellationToken).ConfigureAwait(false);
        long begin = _options.Clock.GetTimestamp();
        string outcome = "ok";
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (state, token) => await state.Self.PostAsync(state.Calls, token).ConfigureAwait(false),
                (Self: this, Calls: calls),
                cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException e)
        {
            outcome = "timeout";
            throw new NodeException(
                NodeErrorKind.Unreachable,
                string.Create(CultureInfo.InvariantCulture, $"{Name} did not answer within {_options.RequestTimeout.TotalSeconds:0.###} s."),
                innerException: e);
        }
        catch (BrokenCircuitException e)
        {
            outcome = "circuit-open";
            throw new NodeException(NodeErrorKind.Unreachable, $"{Name} is left alone for a while, since it kept failing.", innerException: e);
        }
        catch (NodeException e)
        {
            outcome = e.Kind.ToString();
            throw;
        }
        finally
        {
            ChainMetrics.Requests.Record(
                _options.Clock.GetElapsedTime(begin).TotalSeconds,
                new KeyValuePair<string, object?>("endpoint", Name),
                new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    private async Task<RpcAnswer[]> PostAsync(RpcCall[] calls, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(RpcRequest.Write(calls)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        byte[] body;
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new NodeException(
                    NodeErrors.KindOf(response.StatusCode, calls.Length),
                    string.Create(CultureInfo.InvariantCulture, $"{Name} answers {calls[0].Method} with HTTP status {(int)response.StatusCode}."),
                    RetryAfter(response));
            }

            body = await AnswerBody.ReadAsync(response.Content, _options.LargestAnswer, cancellationToken).ConfigureAwait(false)
                ?? throw new NodeException(
                    NodeErrorKind.TooLarge, string.Create(CultureInfo.InvariantCulture, $"{Name} answers with more than {_options.LargestAnswer} bytes."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new NodeException(NodeErrorKind.Unreachable, $"{Name} cannot be reached: {e.Message}", innerException: e);
        }

        return Match(body, calls);
    }

    /// <summary>Puts answers into the order of their questions.</summary>
    private RpcAnswer[] Match(byte[] body, RpcCall[] calls)
    {
        IReadOnlyList<RpcAnswer> read;
        try
        {
            read = RpcEnvelope.Read(body);
        }
        catch (ChainFormatException e)
        {
            throw new NodeException(NodeErrorKind.Malformed, $"{Name} answers {calls[0].Method} with something else than JSON-RPC: {e.Message}", innerException: e);
        }

        if (calls.Length > 1 && read is [{ Error: { } refusal }])
        {
            // One error for a whole list: the list is what it refuses, unless it says otherwise.
            NodeErrorKind kind = NodeErrors.KindOf(refusal);
            throw new NodeException(
                kind is NodeErrorKind.RateLimited or NodeErrorKind.NotThere ? kind : NodeErrorKind.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"{Name} refuses {calls.Length} calls at once with error {refusal.Code}: {refusal.Message}"));
        }

        var answers = new RpcAnswer[calls.Length];
        foreach (RpcAnswer answer in read)
        {
            // Some nodes answer a single question without its id.
            long id = calls.Length == 1 && read.Count == 1 ? 1 : answer.Id;
            if (id < 1 || id > calls.Length)
            {
                continue;
            }

            if (answer.Error is { } error && NodeErrors.KindOf(error) is NodeErrorKind.RateLimited or NodeErrorKind.TooLarge)
            {
                throw NodeErrors.Of(Name, error, calls[id - 1].Method);
            }

            answers[id - 1] = answer;
        }

        int missing = Array.IndexOf(answers, null);
        return missing < 0
            ? answers
            : throw new NodeException(
                calls.Length > 1 && read.Count > 0 ? NodeErrorKind.TooLarge : NodeErrorKind.Malformed,
                string.Create(CultureInfo.InvariantCulture, $"{Name} answers only {read.Count} of {calls.Length} calls."));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _options.Clock.GetUtcNow(),
        _ => null,
    };

    private void Shrink(int refused)
    {
        lock (_gate)
        {
            _goodAnswers = 0;
            _batchSize = Math.Min(_batchSize, Math.Max(1, refused / 2));
        }
    }

    private void Grow()
    {
        lock (_gate)
        {
            if (_batchSize < _options.BatchSize && ++_goodAnswers >= AnswersBeforeGrowth)
            {
                _goodAnswers = 0;
                _batchSize = Math.Min(_options.BatchSize, _batchSize * 2);
            }
        }
    }
}
