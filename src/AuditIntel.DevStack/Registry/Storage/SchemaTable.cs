using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Settings;

namespace AuditIntel.DevStack.Registry.Storage;

/// <summary>
/// What the records of the topic add up to. The reader of the topic changes it, record by record; everybody may look, and gets copies. Every registry
/// on a topic comes to the same table.
/// </summary>
internal sealed class SchemaTable
{
    /// <summary>Stands for "all subjects" where a subject's name could stand.</summary>
    private const string Global = "";

    /// <summary>
    /// Begins subjects of the original's other contexts. Ids there are counted apart, so that taking such records in would let an id stand for two schemas.
    /// </summary>
    private const string OtherContext = ":.";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, SortedDictionary<int, SchemaVersion>> _subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<int, HashSet<(string Subject, int Version)>> _uses = [];
    private readonly Dictionary<string, int> _ids = [];
    private readonly Dictionary<string, SubjectConfig> _configs = [];
    private readonly Dictionary<string, RegistryMode> _modes = [];
    private int _lastId;

    /// <summary>The highest id so far, also of schemas that are gone; 0 for none.</summary>
    public int LastId
    {
        get
        {
            lock (_gate)
            {
                return _lastId;
            }
        }
    }

    /// <exception cref="FormatException">The value is not of the original's layout; nothing has changed.</exception>
    public AppliedRecord Apply(RecordKey key, byte[]? value)
    {
        if (key.Subject?.StartsWith(OtherContext, StringComparison.Ordinal) == true)
        {
            return new AppliedRecord("contexts other than the default one are not served", null);
        }

        lock (_gate)
        {
            switch (key.Kind)
            {
                case RecordKind.Schema:
                    return ApplySchema(key, value);
                case RecordKind.Config when value is null:
                    _configs.Remove(key.Subject ?? Global);
                    break;
                case RecordKind.Config:
                    _configs[key.Subject ?? Global] = RecordValue.ReadConfig(value);
                    break;
                case RecordKind.Mode:
                    ApplyMode(key.Subject ?? Global, value is null ? null : RecordValue.ReadMode(value));
                    break;
                case RecordKind.DeleteSubject when value is not null:
                    (string subject, int last) = RecordValue.ReadDeleteSubject(value);
                    DeleteSoftly(subject, last);
                    break;
                case RecordKind.ClearSubject when value is not null:
                    Clear(key.Subject);
                    break;
            }

            return default;
        }
    }

    /// <summary>Versions of a subject, oldest first, deleted ones included; empty when there is no such subject.</summary>
    public IReadOnlyList<SchemaVersion> Versions(string subject)
    {
        lock (_gate)
        {
            return _subjects.TryGetValue(subject, out SortedDictionary<int, SchemaVersion>? versions) ? [.. versions.Values] : [];
        }
    }

    public SchemaVersion? Version(string subject, int version)
    {
        lock (_gate)
        {
            return _subjects.TryGetValue(subject, out SortedDictionary<int, SchemaVersion>? versions) ? versions.GetValueOrDefault(version) : null;
        }
    }

    /// <summary>All versions of all subjects, by subject and version, deleted ones included.</summary>
    public IReadOnlyList<SchemaVersion> All()
    {
        lock (_gate)
        {
            return [.. _subjects.Values.SelectMany(versions => versions.Values)];
        }
    }

    /// <summary>Versions that carry the id, by subject and version, deleted ones included.</summary>
    public IReadOnlyList<SchemaVersion> Uses(int id)
    {
        lock (_gate)
        {
            return _uses.TryGetValue(id, out HashSet<(string Subject, int Version)>? keys)
                ? [.. keys.OrderBy(key => key.Subject, StringComparer.Ordinal).ThenBy(key => key.Version).Select(key => _subjects[key.Subject][key.Version])]
                : [];
        }
    }

    /// <summary>The id of this content; null when none of its versions is left.</summary>
    public int? IdOf(SchemaContent content)
    {
        lock (_gate)
        {
            return _ids.TryGetValue(content.Identity, out int id) ? id : null;
        }
    }

    /// <summary>Versions whose schemas use a type of this version, deleted ones included.</summary>
    public IReadOnlyList<SchemaVersion> Referrers(string subject, int version)
    {
        lock (_gate)
        {
            return
            [
                .. _subjects.Values.SelectMany(versions => versions.Values)
                    .Where(each => each.Content.References.Any(reference => reference.Subject == subject && reference.Version == version)),
            ];
        }
    }

    /// <summary>What was set for the subject itself, or for all with null; null when nothing was.</summary>
    public SubjectConfig? Config(string? subject)
    {
        lock (_gate)
        {
            return _configs.GetValueOrDefault(subject ?? Global);
        }
    }

    /// <inheritdoc cref="Config"/>
    public RegistryMode? Mode(string? subject)
    {
        lock (_gate)
        {
            return _modes.TryGetValue(subject ?? Global, out RegistryMode mode) ? mode : null;
        }
    }

    private AppliedRecord ApplySchema(RecordKey key, byte[]? value)
    {
        string subject = key.Subject!;
        SchemaVersion? before = _subjects.TryGetValue(subject, out SortedDictionary<int, SchemaVersion>? versions) ? versions.GetValueOrDefault(key.Version) : null;
        if (value is null)
        {
            if (before is not null)
            {
                Remove(before);
            }

            return new AppliedRecord(null, before);
        }

        SchemaVersion version = RecordValue.ReadSchema(key, value);
        if (_uses.TryGetValue(version.Id, out HashSet<(string Subject, int Version)>? keys)
            && keys.FirstOrDefault() is { Subject: not null } other
            && _subjects[other.Subject][other.Version].Content.Identity != version.Content.Identity)
        {
            return new AppliedRecord($"id {version.Id} stands for another schema already", before);
        }

        if (before is not null)
        {
            Remove(before);
        }

        Add(version);
        return new AppliedRecord(null, before);
    }

    private void Add(SchemaVersion version)
    {
        if (!_subjects.TryGetValue(version.Subject, out SortedDictionary<int, SchemaVersion>? versions))
        {
            versions = [];
            _subjects.Add(version.Subject, versions);
        }

        if (!_uses.TryGetValue(version.Id, out HashSet<(string Subject, int Version)>? keys))
        {
            keys = [];
            _uses.Add(version.Id, keys);
        }

        versions[version.Version] = version;
        keys.Add((version.Subject, version.Version));
        _ids[version.Content.Identity] = version.Id;
        _lastId = Math.Max(_lastId, version.Id);
    }

    private void Remove(SchemaVersion version)
    {
        SortedDictionary<int, SchemaVersion> versions = _subjects[version.Subject];
        versions.Remove(version.Version);
        if (versions.Count == 0)
        {
            _subjects.Remove(version.Subject);
        }

        HashSet<(string Subject, int Version)> keys = _uses[version.Id];
        keys.Remove((version.Subject, version.Version));
        if (keys.Count == 0)
        {
            _uses.Remove(version.Id);
            if (_ids.TryGetValue(version.Content.Identity, out int id) && id == version.Id)
            {
                _ids.Remove(version.Content.Identity);
            }
        }
    }

    private void ApplyMode(string subject, RegistryMode? mode)
    {
        if (mode is null)
        {
            _modes.Remove(subject);
        }
        else
        {
            _modes[subject] = mode.Value;
        }
    }

    private void DeleteSoftly(string subject, int last)
    {
        if (_subjects.TryGetValue(subject, out SortedDictionary<int, SchemaVersion>? versions))
        {
            foreach (SchemaVersion version in versions.Values.Where(version => version.Version <= last && !version.Deleted).ToArray())
            {
                versions[version.Version] = version with { Deleted = true };
            }
        }
    }

    private void Clear(string? subject)
    {
        foreach (SchemaVersion version in _subjects.Values.SelectMany(versions => versions.Values)
            .Where(version => version.Deleted && (subject is null || version.Subject == subject)).ToArray())
        {
            Remove(version);
        }
    }
}
