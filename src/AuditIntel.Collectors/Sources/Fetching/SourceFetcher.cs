using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AuditIntel.Collectors.Sources.Catalogue;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace AuditIntel.Collectors.Sources.Fetching;

/// <summary>
/// Fetches pages of one source as a polite guest: robots.txt, pace, conditional requests, Retry-After, bounded redirects, sizes and times; never from a
/// private address that the source does not name.
/// </summary>
internal sealed partial class SourceFetcher : IDisposable
{
    private readonly SourceDefinition _source;
    private readonly HostGates _gates;
    private readonly FetchOptions _options;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _retry;

    public SourceFetcher(SourceDefinition source, HostGates gates, FetchOptions options)
    {
        (_source, _gates, _options) = (source, gates, options);
        var connection = new PublicConnection(source.PrivateHosts);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = connection.OpenAsync,
            ConnectTimeout = source.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _retry = new ResiliencePipelineBuilder { TimeProvider = options.Clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Math.Max(1, options.MaxAttempts - 1),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstPause,
                MaxDelay = options.LongestPause,
                ShouldHandle = new PredicateBuilder().Handle<FetchException>(e => options.MaxAttempts > 1 && e.IsPassing && !(e.RetryAfter > options.LongestRetryAfter)),
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as FetchException)?.RetryAfter),
                OnRetry = _ =>
                {
                    Retries++;
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Requests sent so far, robots.txt included.</summary>
    public long Requests { get; private set; }

    /// <summary>Tries that were repeated.</summary>
    public long Retries { get; private set; }

    /// <summary>Status of the last answer; null before the first.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>Fetches a page, unless it is what it was.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="known">What the host gave the last time; null to fetch it in any case.</param>
    /// <param name="accept">Media types.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FetchException">It cannot be had.</exception>
    public async Task<FetchedPage> FetchAsync(Uri address, PageValidator? known, string accept, CancellationToken cancellationToken) =>
        await _retry.ExecuteAsync(
            static async (state, token) => await state.Self.FollowAsync(state.Address, state.Known, state.Accept, token).ConfigureAwait(false),
            (Self: this, Address: address, Known: known, Accept: accept),
            cancellationToken).ConfigureAwait(false);

    public void Dispose() => _http.Dispose();

    private async Task<FetchedPage> FollowAsync(Uri address, PageValidator? known, string accept, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>();
        Uri at = address;
        while (true)
        {
            if (!seen.Add(at.AbsoluteUri) || seen.Count > _options.MaxRedirects + 1)
            {
                throw new FetchException(FetchFault.RedirectLoop, $"{address} is redirected in a circle, or more than {_options.MaxRedirects} times; the last target was {at}.");
            }

            RefusePrivate(at);
            await ObeyRobotsAsync(at, cancellationToken).ConfigureAwait(false);
            (FetchedPage? page, Uri? next) = await GuardedAsync(at, known, accept, _source.LargestAnswer, cancellationToken).ConfigureAwait(false);
            if (page is not null)
            {
                return page;
            }

            if (at.Scheme == "https" && next!.Scheme != "https")
            {
                throw new FetchException(FetchFault.AddressRefused, $"{at} is redirected to {next}, which gives up encryption.");
            }

            at = next!;
        }
    }

    /// <summary>Names of the machine itself and literal addresses need no connection to be refused; others are looked at when they are resolved.</summary>
    private void RefusePrivate(Uri address)
    {
        if (address.Scheme is not ("http" or "https"))
        {
            throw new FetchException(FetchFault.AddressRefused, $"{address} is no http(s) address.");
        }

        string host = address.Host.Trim('[', ']');
        bool isPrivate = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out IPAddress? literal) && PrivateAddresses.Contains(literal));
        if (isPrivate && !_source.PrivateHosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            throw new FetchException(FetchFault.AddressRefused, $"{address} is a private address; name {host} under 'privateHosts' if that is meant.");
        }
    }

    private async Task<(FetchedPage? Page, Uri? Next)> GuardedAsync(Uri address, PageValidator? known, string accept, long largest, CancellationToken cancellationToken)
    {
        HostGate gate = _gates.Of(address, _source);
        await RestAsync(gate, address, cancellationToken).ConfigureAwait(false);

        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        long begin = _options.Clock.GetTimestamp();
        string outcome = "ok";
        try
        {
            return await gate.Breaker.ExecuteAsync(
                async token => await SendAsync(gate, address, known, accept, largest, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (BrokenCircuitException e)
        {
            outcome = nameof(FetchFault.CircuitOpen);
            throw new FetchException(FetchFault.CircuitOpen, $"{address.Authority} kept failing and is left alone for a while.", _options.BreakDuration, innerException: e);
        }
        catch (FetchException e)
        {
            outcome = e.Fault.ToString();
            throw;
        }
        finally
        {
            SourceMetrics.Requests.Record(
                _options.Clock.GetElapsedTime(begin).TotalSeconds,
                new KeyValuePair<string, object?>("source", _source.Id),
                new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    /// <summary>A short rest is waited for; it counts as no try.</summary>
    private async Task RestAsync(HostGate gate, Uri address, CancellationToken cancellationToken)
    {
        while (gate.Rest is { } rest && rest > TimeSpan.Zero)
        {
            if (rest > _options.LongestRetryAfter)
            {
                throw new FetchException(
                    FetchFault.Throttled,
                    string.Create(CultureInfo.InvariantCulture, $"{address.Authority} asked to be left alone for {rest.TotalSeconds:0} s more."),
                    rest,
                    (int)HttpStatusCode.TooManyRequests);
            }

            // Timers may fire a little early; a whole millisecond more ends the loop.
            await Task.Delay(rest + TimeSpan.FromMilliseconds(1), _options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(FetchedPage? Page, Uri? Next)> SendAsync(
        HostGate gate, Uri address, PageValidator? known, string accept, long largest, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = RequestFor(address, known, accept);
        using var timeout = new CancellationTokenSource(_source.Timeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        Requests++;
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            LastStatus = (int)response.StatusCode;
            if (response.StatusCode is HttpStatusCode.NotModified && known is not null)
            {
                return (new FetchedPage { Address = address, NotModified = true, Status = LastStatus.Value, Validator = known }, null);
            }

            if (Redirect(response, address) is { } next)
            {
                return (null, next);
            }

            if (!response.IsSuccessStatusCode)
            {
                throw Refused(gate, address, response);
            }

            byte[] body = await ReadAsync(address, response, largest, either.Token).ConfigureAwait(false);
            return (PageOf(address, response, body), null);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FetchException(
                FetchFault.TimedOut, string.Create(CultureInfo.InvariantCulture, $"{address} did not answer in full within {_source.Timeout.TotalSeconds:0.###} s."), innerException: e);
        }
        catch (HttpRequestException e) when (e.InnerException is FetchException refused)
        {
            throw new FetchException(refused.Fault, $"{address}: {refused.Message}", innerException: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            throw new FetchException(FetchFault.Unreachable, $"{address} cannot be read: {(e.InnerException ?? e).Message.TrimEnd('.')}.", innerException: e);
        }
    }

    internal HttpRequestMessage RequestFor(Uri address, PageValidator? known, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", _source.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (known?.ETag is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (known?.LastModified is { } since)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", since);
        }

        // Made anew for each request of a chain of redirects: the token goes nowhere else.
        if (_options.GitHubToken is { Length: > 0 } token && address is { Scheme: "https", Host: "api.github.com", IsDefaultPort: true })
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    private static Uri? Redirect(HttpResponseMessage response, Uri address)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
        {
            return null;
        }

        return response.Headers.Location is { } location
            ? new Uri(address, location)
            : throw new FetchException(FetchFault.RedirectLoop, $"{address} is redirected to nowhere: there is no Location.", status: (int)response.StatusCode);
    }

    private FetchException Refused(HostGate gate, Uri address, HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        TimeSpan? retryAfter = RetryAfter(response);
        bool exhausted = status == 403 && response.Headers.TryGetValues("x-ratelimit-remaining", out IEnumerable<string>? left) && left.First() == "0";
        bool throttled = status == 429 || exhausted || (retryAfter is not null && status is 403 or 503);
        if (throttled && retryAfter is { } rest)
        {
            gate.RestFor(rest);
        }

        return new FetchException(
            throttled ? FetchFault.Throttled : FetchFault.Status,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{address} answers with status {status}{(retryAfter is null ? "" : string.Create(CultureInfo.InvariantCulture, $" and wants to be asked again in {retryAfter.Value.TotalSeconds:0} s"))}."),
            retryAfter,
            status);
    }

    /// <summary>Retry-After in seconds or as a date (RFC 9110, section 10.2.3), or GitHub's time of reset.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        DateTimeOffset now = _options.Clock.GetUtcNow();
        TimeSpan? asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ when response.Headers.TryGetValues("x-ratelimit-reset", out IEnumerable<string>? reset)
                && (int)response.StatusCode is 403 or 429
                && long.TryParse(reset.First(), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds is > 0 and < 100_000_000_000 =>
                DateTimeOffset.FromUnixTimeSeconds(seconds) - now,
            _ => null,
        };
        return asked is null ? null : TimeSpan.FromTicks(Math.Clamp(asked.Value.Ticks, 0, TimeSpan.TicksPerDay));
    }

    private static async Task<byte[]> ReadAsync(Uri address, HttpResponseMessage response, long largest, CancellationToken cancellationToken)
    {
        byte[]? body = response.Content.Headers.ContentLength > largest ? null : await AnswerBody.ReadAsync(response.Content, largest, cancellationToken).ConfigureAwait(false);
        return body ?? throw TooLarge(address, largest);
    }

    private static FetchException TooLarge(Uri address, long largest) => new(
        FetchFault.TooLarge, string.Create(CultureInfo.InvariantCulture, $"{address} has more than {largest} bytes; raise 'maxBytes' if that is meant."));

    private static FetchedPage PageOf(Uri address, HttpResponseMessage response, byte[] body)
    {
        string? tag = response.Headers.ETag?.ToString();
        string? modified = response.Content.Headers.TryGetValues("Last-Modified", out IEnumerable<string>? values) ? values.First() : null;
        return new FetchedPage
        {
            Address = address,
            Status = (int)response.StatusCode,
            Body = body,
            MediaType = response.Content.Headers.ContentType?.MediaType,
            Charset = response.Content.Headers.ContentType?.CharSet?.Trim('"'),
            Validator = tag is null && modified is null ? null : new PageValidator(tag, modified),
            Next = response.Headers.TryGetValues("Link", out IEnumerable<string>? links) ? LinkHeader.Next(string.Join(", ", links), address) : null,
        };
    }
}
