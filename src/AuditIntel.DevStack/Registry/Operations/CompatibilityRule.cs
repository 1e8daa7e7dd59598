using AuditIntel.Avro;
using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Settings;

namespace AuditIntel.DevStack.Registry.Operations;

/// <summary>Whether a schema may follow earlier versions of its subject. The rule itself stands in the Avro room.</summary>
internal sealed class CompatibilityRule(SchemaParser parser, SettingsInScope settings)
{
    /// <summary>Why it may not, the level in the last line; empty when it may.</summary>
    /// <param name="subject">Gives the level.</param>
    /// <param name="next">The schema that wants to be the next version.</param>
    /// <param name="earlier">Versions to compare with, oldest first.</param>
    public IReadOnlyList<string> Differences(string subject, ParsedSchema next, IEnumerable<SchemaVersion> earlier)
    {
        SchemaCompatibilityLevel level = settings.Level(subject);
        if (level == SchemaCompatibilityLevel.None)
        {
            return [];
        }

        var differences = new List<string>();
        var schemas = new List<AvroSchema>();
        foreach (SchemaVersion version in earlier)
        {
            if (parser.TryParse(version) is { } parsed)
            {
                schemas.Add(parsed.Schema);
            }
            else
            {
                differences.Add($"Version {version.Version} of {subject} is of type {version.Content.Type} or cannot be read, so nothing can be compared with it.");
            }
        }

        differences.AddRange(SchemaCompatibility.Differences(level, next.Schema, schemas));
        if (differences.Count > 0)
        {
            differences.Add($"{{compatibility: '{level.Name()}'}}");
        }

        return differences;
    }
}
