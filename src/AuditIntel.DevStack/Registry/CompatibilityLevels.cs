using AuditIntel.Avro;

namespace AuditIntel.DevStack.Registry;

/// <summary>Names of the levels on the wire, and their checks.</summary>
internal static class CompatibilityLevels
{
    private static readonly (string Name, CompatibilityLevel Level)[] Names =
    [
        ("NONE", CompatibilityLevel.None),
        ("BACKWARD", CompatibilityLevel.Backward),
        ("BACKWARD_TRANSITIVE", CompatibilityLevel.BackwardTransitive),
        ("FORWARD", CompatibilityLevel.Forward),
        ("FORWARD_TRANSITIVE", CompatibilityLevel.ForwardTransitive),
        ("FULL", CompatibilityLevel.Full),
        ("FULL_TRANSITIVE", CompatibilityLevel.FullTransitive),
    ];

    public static string Name(this CompatibilityLevel level) => Array.Find(Names, each => each.Level == level).Name;

    public static CompatibilityLevel? Parse(string? name)
    {
        foreach ((string known, CompatibilityLevel level) in Names)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            {
                return level;
            }
        }

        return null;
    }

    /// <summary>Why a schema may not follow the earlier ones, oldest first; empty when it may.</summary>
    public static IReadOnlyList<string> Differences(this CompatibilityLevel level, AvroSchema next, IReadOnlyList<AvroSchema> earlier)
    {
        bool transitive = level is CompatibilityLevel.BackwardTransitive or CompatibilityLevel.ForwardTransitive or CompatibilityLevel.FullTransitive;
        bool backward = level is CompatibilityLevel.Backward or CompatibilityLevel.BackwardTransitive or CompatibilityLevel.Full or CompatibilityLevel.FullTransitive;
        bool forward = level is CompatibilityLevel.Forward or CompatibilityLevel.ForwardTransitive or CompatibilityLevel.Full or CompatibilityLevel.FullTransitive;
        var differences = new List<string>();
        foreach (AvroSchema old in transitive ? earlier : earlier.TakeLast(1))
        {
            if (backward)
            {
                differences.AddRange(SchemaCompatibility.Differences(reader: next, writer: old));
            }

            if (forward)
            {
                differences.AddRange(SchemaCompatibility.Differences(reader: old, writer: next));
            }
        }

        return differences;
    }
}
