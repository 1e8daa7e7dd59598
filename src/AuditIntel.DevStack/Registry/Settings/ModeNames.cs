namespace AuditIntel.DevStack.Registry.Settings;

/// <summary>Names of the modes on the wire and in the topic.</summary>
internal static class ModeNames
{
    private static readonly (string Name, RegistryMode Mode)[] Names =
    [
        ("READWRITE", RegistryMode.ReadWrite),
        ("READONLY", RegistryMode.ReadOnly),
        ("READONLY_OVERRIDE", RegistryMode.ReadOnlyOverride),
        ("IMPORT", RegistryMode.Import),
        ("FORWARD", RegistryMode.Forward),
    ];

    public static string Name(this RegistryMode mode) => Array.Find(Names, each => each.Mode == mode).Name;

    /// <summary>The mode of that name in either case; null when there is none.</summary>
    public static RegistryMode? Parse(string? name)
    {
        foreach ((string known, RegistryMode mode) in Names)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            {
                return mode;
            }
        }

        return null;
    }

    public static bool IsReadOnly(this RegistryMode mode) => mode is RegistryMode.ReadOnly or RegistryMode.ReadOnlyOverride;

    public static bool IsImport(this RegistryMode mode) => mode is RegistryMode.Import or RegistryMode.Forward;
}
