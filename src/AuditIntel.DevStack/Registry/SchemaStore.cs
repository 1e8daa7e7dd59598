using System.Text.Json;
using System.Text.Json.Nodes;
using AuditIntel.Avro;

namespace AuditIntel.DevStack.Registry;

/// <summary>
/// Subjects, versions, ids and compatibility levels, kept in memory and in the log in Confluent's own record layout. One writer at a time; readers
/// see whole changes only.
/// </summary>
internal sealed class SchemaStore : IAsyncDisposable
{
    private readonly ISchemaLog _log;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, List<SchemaVersion>> _subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ids = [];
    private readonly Dictionary<int, string> _texts = [];
    private readonly Dictionary<string, CompatibilityLevel> _levels = [];
    private CompatibilityLevel _global;
    private int _lastId;

    private SchemaStore(ISchemaLog log, CompatibilityLevel initialLevel)
    {
        _log = log;
        _global = initialLevel;
    }

    public static async Task<SchemaStore> OpenAsync(ISchemaLog log, CompatibilityLevel initialLevel, CancellationToken cancellationToken)
    {
        var store = new SchemaStore(log, initialLevel);
        await foreach ((byte[] key, byte[]? value) in log.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            store.Apply(JsonNode.Parse(key)!, value is null ? null : JsonNode.Parse(value));
        }

        return store;
    }

    public IReadOnlyList<string> Subjects()
    {
        lock (_gate)
        {
            return [.. _subjects.Keys];
        }
    }

    /// <summary>The schema's text, or null.</summary>
    public string? Text(int id)
    {
        lock (_gate)
        {
            return _texts.GetValueOrDefault(id);
        }
    }

    /// <summary>Versions of a subject, oldest first; empty when there is no such subject.</summary>
    public IReadOnlyList<SchemaVersion> Versions(string subject)
    {
        lock (_gate)
        {
            return _subjects.TryGetValue(subject, out List<SchemaVersion>? versions) ? [.. versions] : [];
        }
    }

    /// <summary>All versions of all subjects that carry the id.</summary>
    public IReadOnlyList<SchemaVersion> Uses(int id)
    {
        lock (_gate)
        {
            return [.. _subjects.Values.SelectMany(versions => versions).Where(version => version.Id == id)];
        }
    }

    /// <summary>The subject's own level, or null when it follows the global one.</summary>
    public CompatibilityLevel? OwnLevel(string subject)
    {
        lock (_gate)
        {
            return _levels.TryGetValue(subject, out CompatibilityLevel level) ? level : null;
        }
    }

    public CompatibilityLevel GlobalLevel()
    {
        lock (_gate)
        {
            return _global;
        }
    }

    /// <summary>Registers a schema as the subject's next version, or finds it among its versions.</summary>
    /// <exception cref="RegistryException">It is no schema, or not compatible.</exception>
    public async Task<SchemaVersion> RegisterAsync(string subject, string text, CancellationToken cancellationToken)
    {
        AvroSchema schema = Parse(text);
        string minified = schema.ToString();
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            IReadOnlyList<SchemaVersion> versions = Versions(subject);
            SchemaVersion? known = versions.FirstOrDefault(version => version.Schema.ToString() == minified);
            if (known is not null)
            {
                return known;
            }

            IReadOnlyList<string> differences = (OwnLevel(subject) ?? GlobalLevel()).Differences(schema, [.. versions.Select(version => version.Schema)]);
            if (differences.Count > 0)
            {
                throw RegistryException.Incompatible(differences);
            }

            int id;
            lock (_gate)
            {
                id = _ids.TryGetValue(minified, out int same) ? same : _lastId + 1;
            }

            var next = new SchemaVersion(subject, versions.Count == 0 ? 1 : versions[^1].Version + 1, id, minified, schema);
            var key = new JsonObject { ["keytype"] = "SCHEMA", ["subject"] = subject, ["version"] = next.Version, ["magic"] = 1 };
            var value = new JsonObject { ["subject"] = subject, ["version"] = next.Version, ["id"] = id, ["schema"] = minified, ["deleted"] = false };
            await AppendAsync(key, value, cancellationToken).ConfigureAwait(false);
            return next;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Sets the level of a subject, or the global one for null.</summary>
    public async Task SetLevelAsync(string? subject, CompatibilityLevel level, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var key = new JsonObject { ["keytype"] = "CONFIG", ["subject"] = subject, ["magic"] = 0 };
            await AppendAsync(key, new JsonObject { ["compatibilityLevel"] = level.Name() }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writer.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _log.DisposeAsync().ConfigureAwait(false);
    }

    /// <exception cref="RegistryException">The text is no schema.</exception>
    public static AvroSchema Parse(string text)
    {
        try
        {
            return AvroSchema.Parse(text);
        }
        catch (AvroSchemaException e)
        {
            throw RegistryException.InvalidSchema(e.Message);
        }
    }

    private async Task AppendAsync(JsonObject key, JsonObject value, CancellationToken cancellationToken)
    {
        try
        {
            await _log.AppendAsync(JsonSerializer.SerializeToUtf8Bytes(key), JsonSerializer.SerializeToUtf8Bytes(value), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw RegistryException.StoreFailed(e.Message);
        }

        Apply(key, value);
    }

    private void Apply(JsonNode key, JsonNode? value)
    {
        lock (_gate)
        {
            switch ((string?)key["keytype"])
            {
                case "SCHEMA":
                    ApplySchema((string)key["subject"]!, (int)key["version"]!, value);
                    break;
                case "CONFIG" when value is not null && CompatibilityLevels.Parse((string?)value["compatibilityLevel"]) is { } level:
                    if ((string?)key["subject"] is { } subject)
                    {
                        _levels[subject] = level;
                    }
                    else
                    {
                        _global = level;
                    }

                    break;
            }
        }
    }

    private void ApplySchema(string subject, int number, JsonNode? value)
    {
        if (!_subjects.TryGetValue(subject, out List<SchemaVersion>? versions))
        {
            versions = [];
            _subjects.Add(subject, versions);
        }

        versions.RemoveAll(version => version.Version == number);
        if (value is not null)
        {
            string text = (string)value["schema"]!;
            int id = (int)value["id"]!;
            _lastId = Math.Max(_lastId, id);
            _ids.TryAdd(text, id);
            _texts.TryAdd(id, text);
            if ((bool?)value["deleted"] is not true)
            {
                versions.Add(new SchemaVersion(subject, number, id, text, AvroSchema.Parse(text)));
                versions.Sort((a, b) => a.Version.CompareTo(b.Version));
            }
        }

        if (versions.Count == 0)
        {
            _subjects.Remove(subject);
        }
    }
}
