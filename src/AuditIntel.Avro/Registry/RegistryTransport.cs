using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AuditIntel.Avro;

/// <summary>Requests to the registry: each attempt has a deadline, attempts without an answer are repeated with growing, jittered pauses.</summary>
internal sealed class RegistryTransport : IDisposable
{
    private const int Attempts = 4;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly MediaTypeHeaderValue ContentType = new("application/vnd.schemaregistry.v1+json");

    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly TimeProvider _clock;
    private readonly AuthenticationHeaderValue? _authorization;

    public RegistryTransport(Uri registry, HttpClient? http, TimeProvider clock)
    {
        // Secrets stay out of messages: what is shown is the address without user and password.
        var address = new UriBuilder(registry) { UserName = "", Password = "", Query = "", Fragment = "" };
        address.Path = address.Path.TrimEnd('/') + "/";
        Address = address.Uri;
        _authorization = registry.UserInfo.Length == 0
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(registry.UserInfo))));
        _ownsHttp = http is null;
        _http = http ?? new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        _clock = clock;
    }

    /// <summary>Base address with a slash at its end, without user and password.</summary>
    public Uri Address { get; }

    /// <summary>Sends a request, with <paramref name="schema"/> in its body unless that is null, and reads the answer.</summary>
    /// <exception cref="SchemaRegistryException">The registry refuses, answers what is no answer, or does not answer.</exception>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, string? schema, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        byte[]? body = schema is null ? null : Body(schema);
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            using var deadline = new CancellationTokenSource(AttemptTimeout, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            try
            {
                byte[] answer = await SendOnceAsync(method, path, body, either.Token).ConfigureAwait(false);
                return Read(answer, method, path, read);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                if (attempt == Attempts)
                {
                    throw new SchemaRegistryException($"The Schema Registry at {Address} did not answer {method} {path} in {Attempts} attempts: {e.Message}", e);
                }

                await Task.Delay(pause * Jitter(), _clock, cancellationToken).ConfigureAwait(false);
                pause *= 2;
            }
        }
    }

    public void Dispose()
    {
        if (_ownsHttp)
        {
            _http.Dispose();
        }
    }

    private async Task<byte[]> SendOnceAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        request.Headers.Accept.ParseAdd("application/vnd.schemaregistry.v1+json, application/json");
        if (_authorization is not null)
        {
            request.Headers.Authorization = _authorization;
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = ContentType;
        }

        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] content = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return content;
        }

        (int code, string message) = ErrorOf(content, response.StatusCode);
        if (response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
        {
            throw new HttpRequestException($"error {code}: {message}");
        }

        throw new SchemaRegistryException($"The Schema Registry at {Address} refused {method} {path}: {message} (error {code})", code);
    }

    /// <summary>0.5 to 1.5, from the last digits of the clock: clients that failed together do not come back together.</summary>
    private double Jitter() => 0.5 + (_clock.GetTimestamp() % 1000 / 1000.0);

    private T Read<T>(byte[] answer, HttpMethod method, string path, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(answer);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SchemaRegistryException($"What answers {method} {path} at {Address} is no Schema Registry: {e.Message}", e);
        }
    }

    private static byte[] Body(string schema)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("schemaType", "AVRO");
            json.WriteString("schema", schema);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static (int Code, string Message) ErrorOf(byte[] content, HttpStatusCode status)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(content);
            return (json.RootElement.GetProperty("error_code").GetInt32(), json.RootElement.GetProperty("message").GetString() ?? "");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return ((int)status, status.ToString());
        }
    }
}
