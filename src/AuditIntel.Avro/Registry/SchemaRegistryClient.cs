using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AuditIntel.Avro;

/// <summary>
/// A client of the Confluent Schema Registry's REST API. Answers that can never change (an id's schema, a schema's id in a subject) are kept
/// for ever; requests are retried a few times when the registry does not answer. Safe for concurrent use.
/// </summary>
public sealed class SchemaRegistryClient : IDisposable
{
    private const int Attempts = 4;
    private const int SchemaNotFound = 40403;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly MediaTypeHeaderValue ContentType = new("application/vnd.schemaregistry.v1+json");

    private readonly Uri _registry;
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<int, AvroSchema> _byId = new();
    private readonly ConcurrentDictionary<(string Subject, string Schema), int> _ids = new();

    /// <param name="registry">Base address, such as http://localhost:8081.</param>
    /// <param name="http">Client to use, with authentication for instance; null for one of its own.</param>
    public SchemaRegistryClient(Uri registry, HttpClient? http = null)
    {
        _registry = registry.AbsoluteUri.EndsWith('/') ? registry : new Uri(registry.AbsoluteUri + "/");
        _http = http ?? new HttpClient { Timeout = RequestTimeout };
    }

    /// <summary>Registers the schema under the subject, or finds it there, and returns its id.</summary>
    /// <exception cref="SchemaRegistryException">It is incompatible with earlier versions (409), invalid (42201), or the registry does not answer.</exception>
    public async Task<int> RegisterAsync(string subject, AvroSchema schema, CancellationToken cancellationToken = default)
    {
        string text = schema.ToString();
        if (_ids.TryGetValue((subject, text), out int known))
        {
            return known;
        }

        using JsonDocument answer = await SendAsync(HttpMethod.Post, $"subjects/{Uri.EscapeDataString(subject)}/versions", Body(text), cancellationToken)
            .ConfigureAwait(false);
        int id = answer.RootElement.GetProperty("id").GetInt32();
        _ids[(subject, text)] = id;
        return id;
    }

    /// <exception cref="UnknownSchemaException">The registry has no such schema.</exception>
    /// <exception cref="SchemaRegistryException">The registry does not answer.</exception>
    public async Task<AvroSchema> GetByIdAsync(int id, CancellationToken cancellationToken = default)
    {
        if (_byId.TryGetValue(id, out AvroSchema? known))
        {
            return known;
        }

        try
        {
            using JsonDocument answer = await SendAsync(HttpMethod.Get, $"schemas/ids/{id}", null, cancellationToken).ConfigureAwait(false);
            AvroSchema schema = AvroSchema.Parse(answer.RootElement.GetProperty("schema").GetString()!);
            return _byId.GetOrAdd(id, schema);
        }
        catch (SchemaRegistryException e) when (e.ErrorCode is SchemaNotFound or (int)HttpStatusCode.NotFound)
        {
            throw new UnknownSchemaException(id, _registry);
        }
        catch (AvroSchemaException e)
        {
            throw new AvroException($"Schema {id} of the registry at {_registry} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The same for synchronous readers: only the first value of an id waits.</summary>
    public AvroSchema GetById(int id) =>
        _byId.TryGetValue(id, out AvroSchema? known) ? known : Task.Run(() => GetByIdAsync(id)).GetAwaiter().GetResult();

    /// <summary>The subject's newest version.</summary>
    public async Task<RegisteredSchema> GetLatestAsync(string subject, CancellationToken cancellationToken = default)
    {
        using JsonDocument answer = await SendAsync(HttpMethod.Get, $"subjects/{Uri.EscapeDataString(subject)}/versions/latest", null, cancellationToken)
            .ConfigureAwait(false);
        JsonElement root = answer.RootElement;
        return new RegisteredSchema(
            root.GetProperty("subject").GetString()!,
            root.GetProperty("version").GetInt32(),
            root.GetProperty("id").GetInt32(),
            AvroSchema.Parse(root.GetProperty("schema").GetString()!));
    }

    /// <summary>Names of all subjects.</summary>
    public async Task<IReadOnlyList<string>> GetSubjectsAsync(CancellationToken cancellationToken = default)
    {
        using JsonDocument answer = await SendAsync(HttpMethod.Get, "subjects", null, cancellationToken).ConfigureAwait(false);
        return [.. answer.RootElement.EnumerateArray().Select(subject => subject.GetString()!)];
    }

    /// <summary>Whether the subject would take the schema as its next version.</summary>
    public async Task<bool> IsCompatibleAsync(string subject, AvroSchema schema, CancellationToken cancellationToken = default)
    {
        using JsonDocument answer = await SendAsync(
            HttpMethod.Post, $"compatibility/subjects/{Uri.EscapeDataString(subject)}/versions/latest", Body(schema.ToString()), cancellationToken)
            .ConfigureAwait(false);
        return answer.RootElement.GetProperty("is_compatible").GetBoolean();
    }

    public void Dispose() => _http.Dispose();

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

    private async Task<JsonDocument> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(method, path, body, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsTransient(e, cancellationToken))
            {
                if (attempt == Attempts)
                {
                    throw new SchemaRegistryException($"The Schema Registry at {_registry} did not answer {method} {path} in {Attempts} attempts: {e.Message}", e);
                }

                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
                pause *= 2;
            }
        }
    }

    private async Task<JsonDocument> SendOnceAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_registry, path));
        request.Headers.Accept.ParseAdd("application/vnd.schemaregistry.v1+json, application/json");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = ContentType;
        }

        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] content = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return JsonDocument.Parse(content);
        }

        (int code, string message) = ErrorOf(content, response.StatusCode);
        if (response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            throw new HttpRequestException($"error {code}: {message}");
        }

        throw new SchemaRegistryException($"The Schema Registry at {_registry} refused {method} {path}: {message} (error {code})", code);
    }

    private static (int Code, string Message) ErrorOf(byte[] content, HttpStatusCode status)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(content);
            return (json.RootElement.GetProperty("error_code").GetInt32(), json.RootElement.GetProperty("message").GetString() ?? "");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return ((int)status, status.ToString());
        }
    }

    private static bool IsTransient(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested);
}
