using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts.Channels;

/// <summary>Posts JSON to one address and says by exception what became of it. Addresses are named by host only: paths may hold tokens.</summary>
internal sealed class HttpSender : IDisposable
{
    private const int LongestAnswer = 4096;
    private const int LongestTold = 200;

    private readonly HttpClient _client;
    private readonly Uri _url;
    private readonly IReadOnlyList<ChannelSecret> _secrets;
    private readonly TimeProvider _clock;

    public HttpSender(Uri url, IReadOnlyList<ChannelSecret> secrets, TimeProvider clock)
    {
        // A redirect would carry alert and signature to an address that nobody configured.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 32,
        };
        _client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("AuditIntel.Streams", "1"));
        (_url, _secrets, _clock) = (url, secrets, clock);
    }

    /// <param name="json">The body.</param>
    /// <param name="headers">Names and values, free of line ends.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ChannelRefusedException">Answers below 500 but 2xx, 408 and 429.</exception>
    /// <exception cref="ChannelUnavailableException">No answer, 408, 429 and 5xx.</exception>
    public async Task PostAsync(ReadOnlyMemory<byte> json, IReadOnlyList<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ReadOnlyMemoryContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                string told = await ToldAsync(response, cancellationToken).ConfigureAwait(false);
                throw Fault(response, $"{_url.Authority} answered {(int)response.StatusCode}{told}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ChannelUnavailableException(Redact($"{_url.Authority} cannot be reached: {e.GetBaseException().Message}"));
        }
    }

    public void Dispose() => _client.Dispose();

    private Exception Fault(HttpResponseMessage response, string message)
    {
        bool isThrottled = response.StatusCode == HttpStatusCode.TooManyRequests;
        if (isThrottled || response.StatusCode == HttpStatusCode.RequestTimeout || (int)response.StatusCode >= 500)
        {
            return new ChannelUnavailableException(message, RetryAfter(response.Headers.RetryAfter), isThrottled);
        }

        return new ChannelRefusedException((int)response.StatusCode is >= 300 and < 400 ? message + "; redirects are not followed, configure the final address" : message);
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? (header?.Date is { } date ? date - _clock.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private async Task<string> ToldAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[LongestAnswer];
            Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                int length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                string text = PlainText.Line(Redact(System.Text.Encoding.UTF8.GetString(buffer, 0, length)), LongestTold).Trim();
                return text.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $": {text}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The status says enough.
            return "";
        }
    }

    private string Redact(string text)
    {
        foreach (ChannelSecret secret in _secrets)
        {
            text = secret.Redact(text);
        }

        return text;
    }
}
