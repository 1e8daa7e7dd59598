using AuditIntel.Avro;

namespace AuditIntel.DevStack.Registry.Settings;

/// <summary>Names of the compatibility levels on the wire and in the topic.</summary>
internal static class CompatibilityNames
{
    private static readonly (string Name, SchemaCompatibilityLevel Level)[] Names =
    [
        ("NONE", SchemaCompatibilityLevel.None),
        ("BACKWARD", SchemaCompatibilityLevel.Backward),
        ("BACKWARD_TRANSITIVE", SchemaCompatibilityLevel.BackwardTransitive),
        ("FORWARD", SchemaCompatibilityLevel.Forward),
        ("FORWARD_TRANSITIVE", SchemaCompatibilityLevel.ForwardTransitive),
        ("FULL", SchemaCompatibilityLevel.Full),
        ("FULL_TRANSITIVE", SchemaCompatibilityLevel.FullTransitive),
    ];

    public static string Name(this SchemaCompatibilityLevel level) => Array.Find(Names, each => each.Level == level).Name;

    /// <summary>The level of that name in either case; null when there is none.</summary>
    public static SchemaCompatibilityLevel? Parse(string? name)
    {
        foreach ((string known, SchemaCompatibilityLevel level) in Names)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            {
                return level;
            }
        }

        return null;
    }
}
