using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Storage;

namespace AuditIntel.DevStack.Registry.Operations;

/// <summary>Finds the version of a subject that a schema is.</summary>
internal sealed class Lookup(SchemaTable table, SchemaParser parser)
{
    /// <summary>The newest version with that schema; null when the subject has none.</summary>
    /// <param name="subject">Where to look.</param>
    /// <param name="wanted">The schema.</param>
    /// <param name="withDeleted">Whether versions that are softly deleted count.</param>
    public SchemaVersion? Find(string subject, ParsedSchema wanted, bool withDeleted)
    {
        SchemaVersion[] versions = [.. table.Versions(subject).Where(version => withDeleted || !version.Deleted).Reverse()];
        return Array.Find(versions, version => version.Content.Identity == wanted.Content.Identity)
            ?? Array.Find(versions, version => SameStandalone(version, wanted));
    }

    /// <summary>A schema may come with every type written out where the stored one has references.</summary>
    private bool SameStandalone(SchemaVersion version, ParsedSchema wanted) =>
        wanted.Content.References.Count == 0 && version.Content.References.Count > 0 && parser.TryParse(version)?.Standalone == wanted.Standalone;
}
