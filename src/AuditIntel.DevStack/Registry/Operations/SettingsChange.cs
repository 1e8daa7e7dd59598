using System.Text;
using System.Text.Json.Nodes;
using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Settings;
using AuditIntel.DevStack.Registry.Storage;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Registry.Operations;

/// <summary>Changes configuration and mode of a subject, or of all where the subject is null.</summary>
internal sealed class SettingsChange(SchemaStore store, SettingsInScope settings, ILogger logger)
{
    private const string EverySubject = "every subject";

    /// <summary>Fields of a configuration as the original orders them in its records.</summary>
    private static readonly string[] Order =
    [
        "subject", "alias", "aliasForDeks", "normalize", "validateFields", "validateNewSchemas", "validateRules", "compatibilityLevel", "compatibilityPolicy",
        "compatibilityGroup", "defaultMetadata", "overrideMetadata", "defaultRuleSet", "overrideRuleSet",
    ];

    private readonly SchemaTable _table = store.Table;

    /// <summary>Lays fields over the configuration that is there; a null takes a field away.</summary>
    /// <param name="subject">Null for all.</param>
    /// <param name="changes">Fields under their names in the record.</param>
    /// <param name="cancellationToken">Ends the wait for other writers.</param>
    /// <exception cref="RegistryException">The subject is read-only, or the store fails.</exception>
    public Task<SubjectConfig> ChangeConfigAsync(string? subject, IReadOnlyDictionary<string, JsonNode?> changes, CancellationToken cancellationToken) => store.WriteAsync(
        async () =>
        {
            settings.RefuseWhenReadOnly(subject);
            JsonObject old = _table.Config(subject) is { } config ? JsonNode.Parse(config.Value)!.AsObject() : [];
            foreach ((string field, JsonNode? value) in changes)
            {
                old[field] = value?.DeepClone();
            }

            if (subject is not null)
            {
                old["subject"] = subject;
            }

            JsonObject sorted = [];
            foreach ((string field, JsonNode? value) in old.Where(member => member.Value is not null).OrderBy(member => Place(member.Key)))
            {
                sorted[field] = value!.DeepClone();
            }

            byte[] bytes = RegistryJson.Bytes(sorted);
            await store.PutAsync(new RecordKey(RecordKind.Config, subject), bytes).ConfigureAwait(false);
            RegistryLog.ConfigChanged(logger, subject ?? EverySubject, Encoding.UTF8.GetString(bytes));
            return RecordValue.ReadConfig(bytes);
        },
        cancellationToken);

    /// <summary>Takes back what was set; returns it, or null where nothing was.</summary>
    /// <exception cref="RegistryException">The subject is read-only, has nothing set, or the store fails.</exception>
    public Task<SubjectConfig?> DeleteConfigAsync(string? subject, CancellationToken cancellationToken) => store.WriteAsync(
        async () =>
        {
            SubjectConfig? old = _table.Config(subject);
            if (old is null && subject is not null)
            {
                throw RegistryException.SubjectNotFound(subject);
            }

            settings.RefuseWhenReadOnly(subject);
            await store.PutAsync(new RecordKey(RecordKind.Config, subject), null).ConfigureAwait(false);
            RegistryLog.ConfigChanged(logger, subject ?? EverySubject, "the default");
            return old;
        },
        cancellationToken);

    /// <summary>Sets the mode. IMPORT needs that no version is there, and does away with softly deleted ones, unless it is forced.</summary>
    /// <exception cref="RegistryException">There are versions, or the store fails.</exception>
    public Task<RegistryMode> ChangeModeAsync(string? subject, RegistryMode mode, bool force, CancellationToken cancellationToken) => store.WriteAsync(
        async () =>
        {
            if (mode == RegistryMode.Import && settings.Mode(subject) != RegistryMode.Import && !force)
            {
                await ClearForImportAsync(subject).ConfigureAwait(false);
            }

            await store.PutAsync(new RecordKey(RecordKind.Mode, subject), RecordValue.Mode(subject, mode)).ConfigureAwait(false);
            RegistryLog.ModeChanged(logger, subject ?? EverySubject, mode.Name());
            return mode;
        },
        cancellationToken);

    /// <summary>Takes back the mode that was set, and returns it; the default for all where nothing was.</summary>
    /// <exception cref="RegistryException">The subject has no mode of its own, or the store fails.</exception>
    public Task<RegistryMode> DeleteModeAsync(string? subject, CancellationToken cancellationToken) => store.WriteAsync(
        async () =>
        {
            RegistryMode? old = _table.Mode(subject);
            if (old is null && subject is not null)
            {
                throw RegistryException.SubjectNotFound(subject);
            }

            await store.PutAsync(new RecordKey(RecordKind.Mode, subject), null).ConfigureAwait(false);
            RegistryLog.ModeChanged(logger, subject ?? EverySubject, "the default");
            return old ?? SettingsInScope.DefaultMode;
        },
        cancellationToken);

    private async Task ClearForImportAsync(string? subject)
    {
        SchemaVersion[] versions = [.. subject is null ? _table.All() : _table.Versions(subject)];
        if (versions.Any(version => !version.Deleted))
        {
            throw RegistryException.NotPermitted("Cannot import since found existing subjects");
        }

        SchemaVersion? used = Array.Find(versions, version => _table.Referrers(version.Subject, version.Version).Count > 0);
        if (used is not null)
        {
            throw RegistryException.ReferenceExists(new RecordKey(RecordKind.Schema, used.Subject, used.Version).ToString());
        }

        foreach (SchemaVersion version in versions)
        {
            await store.PutAsync(new RecordKey(RecordKind.Schema, version.Subject, version.Version), null).ConfigureAwait(false);
        }

        await store.PutAsync(new RecordKey(RecordKind.ClearSubject, subject), RecordValue.ClearSubject(subject)).ConfigureAwait(false);
    }

    private static int Place(string field) => Array.IndexOf(Order, field) is >= 0 and int place ? place : Order.Length;
}
