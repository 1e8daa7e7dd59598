using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Settings;
using AuditIntel.DevStack.Registry.Storage;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Registry.Operations;

/// <summary>Registers schemas.</summary>
internal sealed class Registration(SchemaStore store, SchemaParser parser, Lookup lookup, CompatibilityRule rule, SettingsInScope settings, ILogger logger)
{
    /// <summary>Registries that write at the same time get out of each other's way after so many attempts, or the request fails.</summary>
    private const int Attempts = 5;

    private readonly SchemaTable _table = store.Table;

    /// <summary>The schema's id: the one that it has in the subject, or in another one, or a new one.</summary>
    /// <exception cref="RegistryException">It is invalid, incompatible or not permitted, or the store fails.</exception>
    public Task<int> RegisterAsync(RegistrationRequest request, CancellationToken cancellationToken) =>
        Known(request) is { } known
            ? Task.FromResult(known.Id)
            : store.WriteAsync(() => WriteAsync(request), cancellationToken);

    /// <summary>The version that makes the request needless; null when there is something to do.</summary>
    private SchemaVersion? Known(RegistrationRequest request)
    {
        SchemaVersion? same = lookup.Find(request.Subject, Parse(request), withDeleted: false);
        if (same is null || (request.Id is not null && request.Id != same.Id))
        {
            return null;
        }

        return request.Version switch
        {
            null or 0 => same,
            VersionSelector.Latest => _table.Versions(request.Subject).Last(version => !version.Deleted) == same ? same : null,
            _ => request.Id is not null && request.Version == same.Version ? same : null,
        };
    }

    private ParsedSchema Parse(RegistrationRequest request) =>
        parser.Parse(request.Content, (request.Normalize || settings.Normalize(request.Subject)) && !settings.Mode(request.Subject).IsImport(), withDeleted: false);

    private async Task<int> WriteAsync(RegistrationRequest request)
    {
        CheckMode(request);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (Known(request) is { } known)
            {
                return known.Id;
            }

            (SchemaVersion next, SchemaVersion? before) = Plan(request);
            await DropOlderAsync(next).ConfigureAwait(false);
            var key = new RecordKey(RecordKind.Schema, next.Subject, next.Version);
            AppliedRecord applied = await store.PutAsync(key, next.Value).ConfigureAwait(false);
            if (applied.Refusal is null && Same(applied.Before, before))
            {
                RegistryLog.Registered(logger, next.Subject, next.Version, next.Id);
                return next.Id;
            }

            RegistryLog.WriteCollided(logger, key.ToString());
            await PutBackAsync(key, applied.Refusal is null ? next : applied.Before, applied.Before).ConfigureAwait(false);
        }

        throw RegistryException.StoreFailed("other registries keep writing to the same subject");
    }

    private void CheckMode(RegistrationRequest request)
    {
        settings.RefuseWhenReadOnly(request.Subject);
        RegistryMode mode = settings.Mode(request.Subject);
        if (request.Id is not null && !mode.IsImport())
        {
            throw RegistryException.NotPermitted($"Subject {request.Subject} in context :.: is not in import mode");
        }

        if (request.Id is null && mode != RegistryMode.ReadWrite)
        {
            throw RegistryException.NotPermitted($"Subject {request.Subject} in context :.: is not in read-write mode");
        }
    }

    /// <summary>
    /// The version to write, and the one that it takes the place of in the state that it was planned on. The table may move on meanwhile: one look at it
    /// tells versions, and the highest id is read before those of contents, so that what another registry writes in between shows as a collision.
    /// </summary>
    private (SchemaVersion Next, SchemaVersion? Before) Plan(RegistrationRequest request)
    {
        ParsedSchema parsed = Parse(request);
        IReadOnlyList<SchemaVersion> versions = _table.Versions(request.Subject);
        int number = versions.Count == 0 ? 1 : versions[^1].Version + 1;
        bool import = settings.Mode(request.Subject).IsImport();
        if (!import)
        {
            IReadOnlyList<string> differences = rule.Differences(request.Subject, parsed, versions.Where(version => !version.Deleted));
            if (differences.Count > 0)
            {
                throw RegistryException.Incompatible(request.Subject, differences);
            }

            if (request.Version > 0 && request.Version != number)
            {
                throw RegistryException.InvalidSchema("Version is not one more than previous version");
            }
        }

        int free = _table.LastId + 1;
        int id = request.Id ?? _table.IdOf(parsed.Content) ?? free;
        if (_table.Uses(id) is [var other, ..] && other.Content.Identity != parsed.Content.Identity)
        {
            throw RegistryException.NotPermitted($"Overwrite new schema with id {id} in context :.: is not permitted.");
        }

        int version = request.Version > 0 ? request.Version.Value : number;
        var next = new SchemaVersion(request.Subject, version, id, parsed.Content, Deleted: false, RecordValue.Schema(request.Subject, version, id, parsed.Content));
        return (next, versions.FirstOrDefault(each => each.Version == version));
    }

    /// <summary>A schema that comes back leaves no softly deleted version of itself behind, except where others refer to that.</summary>
    private async Task DropOlderAsync(SchemaVersion next)
    {
        foreach (SchemaVersion older in _table.Versions(next.Subject).Where(each => each.Deleted && each.Id == next.Id && each.Version < next.Version))
        {
            if (_table.Referrers(older.Subject, older.Version).Count == 0)
            {
                await store.PutAsync(new RecordKey(RecordKind.Schema, older.Subject, older.Version), null).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Compaction would keep this registry's record and drop the other's, so the other's is written again; and so is what that write may cover in its turn.
    /// </summary>
    /// <param name="key">Of the version.</param>
    /// <param name="shown">What everybody sees there now.</param>
    /// <param name="wanted">What is to be there; null for nothing.</param>
    private async Task PutBackAsync(RecordKey key, SchemaVersion? shown, SchemaVersion? wanted)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (wanted is null && !Same(_table.Version(key.Subject!, key.Version), shown))
            {
                // Another's record covers this registry's already.
                return;
            }

            SchemaVersion? covered = (await store.PutAsync(key, Again(wanted)).ConfigureAwait(false)).Before;
            if (Same(covered, shown))
            {
                return;
            }

            shown = wanted;
            wanted = covered;
        }
    }

    private static bool Same(SchemaVersion? one, SchemaVersion? other) =>
        one?.Id == other?.Id && one?.Deleted == other?.Deleted && one?.Content.Identity == other?.Content.Identity;

    private static byte[]? Again(SchemaVersion? version) => version is { Deleted: true } ? RecordValue.Deleted(version) : version?.Value;
}
