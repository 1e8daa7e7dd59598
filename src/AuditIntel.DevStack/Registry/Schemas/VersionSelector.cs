using System.Globalization;

namespace AuditIntel.DevStack.Registry.Schemas;

/// <summary>Which version of a subject a path names.</summary>
internal static class VersionSelector
{
    /// <summary>Stands for the newest version that is not deleted; on the wire also "latest".</summary>
    public const int Latest = -1;

    /// <exception cref="RegistryException">It is neither a number from 1 on, nor -1, nor "latest".</exception>
    public static int Parse(string text)
    {
        if (string.Equals(text.Trim(), "latest", StringComparison.OrdinalIgnoreCase))
        {
            return Latest;
        }

        return int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int version) && (version > 0 || version == Latest)
            ? version
            : throw RegistryException.InvalidVersion(text);
    }
}
