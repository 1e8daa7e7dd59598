namespace AuditIntel.Collectors;

/// <summary>Ids of platforms, as they stand in records and keys.</summary>
public static class Platforms
{
    public const string Code4rena = "code4rena";
    public const string Sherlock = "sherlock";
    private const string FirmPrefix = "firm:";

    /// <summary>An audit firm: its name in lower case, blanks as dashes.</summary>
    public static string Firm(string name) => FirmPrefix + name.Trim().ToLowerInvariant().Replace(' ', '-');

    public static bool IsFirm(string platform) => platform.StartsWith(FirmPrefix, StringComparison.Ordinal) && platform.Length > FirmPrefix.Length;

    /// <summary>Whether a platform of that id can be read from files.</summary>
    public static bool IsKnown(string platform) => platform is Code4rena or Sherlock || IsFirm(platform);
}
