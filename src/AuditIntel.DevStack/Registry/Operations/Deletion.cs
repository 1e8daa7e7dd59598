using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Storage;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Registry.Operations;

/// <summary>Deletes versions and subjects: softly first, for good after that.</summary>
internal sealed class Deletion(SchemaStore store, SettingsInScope settings, ILogger logger)
{
    private readonly SchemaTable _table = store.Table;

    /// <summary>Returns the number of the version that was deleted.</summary>
    /// <exception cref="RegistryException">It is not there, in use, or not in the state that the deletion asks for.</exception>
    public Task<int> DeleteVersionAsync(string subject, int version, bool permanent, CancellationToken cancellationToken) => store.WriteAsync(
        async () =>
        {
            SchemaVersion found = Find(subject, version);
            if (!permanent && found.Deleted)
            {
                throw RegistryException.VersionSoftDeleted(subject, version);
            }

            settings.RefuseWhenReadOnly(subject);
            var key = new RecordKey(RecordKind.Schema, subject, found.Version);
            if (_table.Referrers(subject, found.Version).Any(each => permanent || !each.Deleted))
            {
                throw RegistryException.ReferenceExists(key.ToString());
            }

            if (permanent && !found.Deleted)
            {
                throw RegistryException.VersionNotSoftDeleted(subject, found.Version);
            }

            await store.PutAsync(key, permanent ? null : RecordValue.Deleted(found)).ConfigureAwait(false);
            if (permanent && _table.Versions(subject).Count == 0)
            {
                await ForgetSettingsAsync(subject).ConfigureAwait(false);
            }

            RegistryLog.Deleted(logger, subject, found.Version, permanent);
            return found.Version;
        },
        cancellationToken);

    /// <summary>Returns the versions that were deleted, oldest first.</summary>
    /// <exception cref="RegistryException">The subject is not there, in use, or not in the state that the deletion asks for.</exception>
    public Task<IReadOnlyList<int>> DeleteSubjectAsync(string subject, bool permanent, CancellationToken cancellationToken) => store.WriteAsync<IReadOnlyList<int>>(
        async () =>
        {
            SchemaVersion[] versions = [.. _table.Versions(subject)];
            if (versions.Length == 0)
            {
                throw RegistryException.SubjectNotFound(subject);
            }

            if (!permanent)
            {
                versions = [.. versions.Where(version => !version.Deleted)];
                if (versions.Length == 0)
                {
                    throw RegistryException.SubjectSoftDeleted(subject);
                }
            }

            settings.RefuseWhenReadOnly(subject);
            foreach (SchemaVersion version in versions)
            {
                if (_table.Referrers(subject, version.Version).Any(each => each.Subject != subject && (permanent || !each.Deleted)))
                {
                    throw RegistryException.ReferenceExists(new RecordKey(RecordKind.Schema, subject, version.Version).ToString());
                }

                if (permanent && !version.Deleted)
                {
                    throw RegistryException.SubjectNotSoftDeleted(subject);
                }
            }

            if (permanent)
            {
                // Newest first, so that no version loses one that it refers to within the subject.
                foreach (SchemaVersion version in versions.Reverse())
                {
                    await store.PutAsync(new RecordKey(RecordKind.Schema, subject, version.Version), null).ConfigureAwait(false);
                }

                await ForgetSettingsAsync(subject).ConfigureAwait(false);
            }
            else
            {
                byte[] value = RecordValue.DeleteSubject(subject, versions[^1].Version);
                await store.PutAsync(new RecordKey(RecordKind.DeleteSubject, subject), value).ConfigureAwait(false);
            }

            RegistryLog.SubjectDeleted(logger, subject, versions.Length, permanent);
            return [.. versions.Select(version => version.Version)];
        },
        cancellationToken);

    private SchemaVersion Find(string subject, int version)
    {
        IReadOnlyList<SchemaVersion> versions = _table.Versions(subject);
        if (versions.Count == 0)
        {
            throw RegistryException.SubjectNotFound(subject);
        }

        return (version == VersionSelector.Latest ? versions.LastOrDefault(each => !each.Deleted) : versions.FirstOrDefault(each => each.Version == version))
            ?? throw RegistryException.VersionNotFound(version);
    }

    private async Task ForgetSettingsAsync(string subject)
    {
        if (_table.Mode(subject) is not null)
        {
            await store.PutAsync(new RecordKey(RecordKind.Mode, subject), null).ConfigureAwait(false);
        }

        if (_table.Config(subject) is not null)
        {
            await store.PutAsync(new RecordKey(RecordKind.Config, subject), null).ConfigureAwait(false);
        }
    }
}
