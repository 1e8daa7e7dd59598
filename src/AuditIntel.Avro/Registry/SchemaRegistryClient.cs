using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace AuditIntel.Avro;

/// <summary>
/// A client of the Confluent Schema Registry's REST API. Answers that can never change (an id's schema, a schema's id in a subject) are kept
/// for ever; requests that get no answer are repeated. Safe for concurrent use.
/// </summary>
public sealed class SchemaRegistryClient : IDisposable
{
    private const int SubjectNotFound = 40401;
    private const int VersionNotFound = 40402;
    private const int SchemaNotFound = 40403;

    private readonly RegistryTransport _transport;
    private readonly ConcurrentDictionary<int, AvroSchema> _byId = new();
    private readonly ConcurrentDictionary<(string Subject, string Schema), int> _ids = new();

    /// <param name="registry">Base address, such as http://localhost:8081; a user and password in it are sent as Basic authentication and never shown.</param>
    /// <param name="http">Client to use, with authentication for instance, which stays the caller's; null for one of its own.</param>
    /// <param name="clock">Time of pauses between attempts; null for the system's.</param>
    public SchemaRegistryClient(Uri registry, HttpClient? http = null, TimeProvider? clock = null) =>
        _transport = new RegistryTransport(registry, http, clock ?? TimeProvider.System);

    /// <summary>Base address, without user and password.</summary>
    public Uri Address => _transport.Address;

    /// <summary>Registers the schema under the subject, or finds it there, and returns its id.</summary>
    /// <exception cref="SchemaRegistryException">It is incompatible with earlier versions (409), invalid (42201), or the registry does not answer.</exception>
    public async Task<int> RegisterAsync(string subject, AvroSchema schema, CancellationToken cancellationToken = default)
    {
        string text = schema.ToString();
        if (_ids.TryGetValue((subject, text), out int known))
        {
            return known;
        }

        int id = await _transport.SendAsync(
            HttpMethod.Post, $"subjects/{Uri.EscapeDataString(subject)}/versions", text, root => root.GetProperty("id").GetInt32(), cancellationToken)
            .ConfigureAwait(false);
        _ids[(subject, text)] = id;
        return id;
    }

    /// <summary>The version under which the subject has exactly this schema, or null.</summary>
    /// <exception cref="SchemaRegistryException">The registry refuses or does not answer.</exception>
    public Task<RegisteredSchema?> LookupAsync(string subject, AvroSchema schema, CancellationToken cancellationToken = default) =>
        OrNullAsync(_transport.SendAsync<RegisteredSchema?>(
            HttpMethod.Post, $"subjects/{Uri.EscapeDataString(subject)}", schema.ToString(), Registered, cancellationToken));

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
            AvroSchema schema = await _transport.SendAsync(HttpMethod.Get, $"schemas/ids/{id.ToString(System.Globalization.CultureInfo.InvariantCulture)}", null, SchemaOf, cancellationToken).ConfigureAwait(false);
            return _byId.GetOrAdd(id, schema);
        }
        catch (SchemaRegistryException e) when (e.ErrorCode is SchemaNotFound or (int)HttpStatusCode.NotFound)
        {
            throw new UnknownSchemaException(id, Address);
        }
        catch (AvroSchemaException e)
        {
            throw new AvroException($"Schema {id} of the registry at {Address} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The same for synchronous readers: only the first value of an id waits.</summary>
    /// <exception cref="UnknownSchemaException">The registry has no such schema.</exception>
    /// <exception cref="SchemaRegistryException">The registry does not answer.</exception>
    public AvroSchema GetById(int id) =>
        _byId.TryGetValue(id, out AvroSchema? known) ? known : Task.Run(() => GetByIdAsync(id)).GetAwaiter().GetResult();

    /// <summary>The subject's newest version.</summary>
    /// <exception cref="SchemaRegistryException">There is no such subject (40401), or the registry does not answer.</exception>
    public Task<RegisteredSchema> GetLatestAsync(string subject, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(HttpMethod.Get, $"subjects/{Uri.EscapeDataString(subject)}/versions/latest", null, Registered, cancellationToken);

    /// <summary>A version of a subject, from 1.</summary>
    /// <exception cref="SchemaRegistryException">There is no such subject (40401) or version (40402), or the registry does not answer.</exception>
    public Task<RegisteredSchema> GetVersionAsync(string subject, int version, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(HttpMethod.Get, $"subjects/{Uri.EscapeDataString(subject)}/versions/{version}", null, Registered, cancellationToken);

    /// <summary>Names of all subjects.</summary>
    /// <exception cref="SchemaRegistryException">The registry does not answer.</exception>
    public Task<IReadOnlyList<string>> GetSubjectsAsync(CancellationToken cancellationToken = default) =>
        _transport.SendAsync<IReadOnlyList<string>>(
            HttpMethod.Get, "subjects", null, root => [.. root.EnumerateArray().Select(subject => subject.GetString()!)], cancellationToken);

    /// <summary>Numbers of a subject's versions, in rising order.</summary>
    /// <exception cref="SchemaRegistryException">There is no such subject (40401), or the registry does not answer.</exception>
    public Task<IReadOnlyList<int>> GetVersionsAsync(string subject, CancellationToken cancellationToken = default) =>
        _transport.SendAsync<IReadOnlyList<int>>(
            HttpMethod.Get, $"subjects/{Uri.EscapeDataString(subject)}/versions", null, root => [.. root.EnumerateArray().Select(version => version.GetInt32())], cancellationToken);

    /// <summary>Whether the subject would take the schema after its newest version; a subject without versions takes any.</summary>
    /// <exception cref="SchemaRegistryException">The schema is invalid (42201), or the registry does not answer.</exception>
    public async Task<bool> IsCompatibleAsync(string subject, AvroSchema schema, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _transport.SendAsync(
                HttpMethod.Post,
                $"compatibility/subjects/{Uri.EscapeDataString(subject)}/versions/latest",
                schema.ToString(),
                root => root.GetProperty("is_compatible").GetBoolean(),
                cancellationToken).ConfigureAwait(false);
        }
        catch (SchemaRegistryException e) when (e.ErrorCode is SubjectNotFound or VersionNotFound)
        {
            return true;
        }
    }

    public void Dispose() => _transport.Dispose();

    private static async Task<RegisteredSchema?> OrNullAsync(Task<RegisteredSchema?> request)
    {
        try
        {
            return await request.ConfigureAwait(false);
        }
        catch (SchemaRegistryException e) when (e.ErrorCode is SubjectNotFound or SchemaNotFound)
        {
            return null;
        }
    }

    private static AvroSchema SchemaOf(JsonElement root)
    {
        string type = root.TryGetProperty("schemaType", out JsonElement name) ? name.GetString() ?? "AVRO" : "AVRO";
        return type == "AVRO"
            ? AvroSchema.Parse(root.GetProperty("schema").GetString() ?? "")
            : throw new AvroException($"The registry answered with a schema of type {type}; only AVRO can be read.");
    }

    private static RegisteredSchema Registered(JsonElement root) => new(
        root.GetProperty("subject").GetString() ?? "",
        root.GetProperty("version").GetInt32(),
        root.GetProperty("id").GetInt32(),
        SchemaOf(root));
}
