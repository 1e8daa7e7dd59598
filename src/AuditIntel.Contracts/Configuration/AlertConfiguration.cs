namespace AuditIntel.Contracts;

/// <summary>The file of alert rules and channels: one file, read by the topology (rules) and by the dispatcher (channels), each strict about its own section.</summary>
public static class AlertConfiguration
{
    public const string RulesSection = "rules";
    public const string ChannelsSection = "channels";

    /// <summary>Longest name of a rule or channel.</summary>
    public const int LongestName = 64;

    private static readonly System.Buffers.SearchValues<char> NameLetters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>The file; the built-in one for null.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, or is no such YAML.</exception>
    public static ConfigurationFile Read(string? path) => path is not null ? ConfigurationFile.Read(path) : BuiltIn();

    /// <summary>Adds the faults that either reader would find: sections that there are none of.</summary>
    public static void CheckSections(ConfigurationFile file, ConfigurationFaults faults) =>
        file.CheckSections(faults, RulesSection, ChannelsSection);

    /// <summary>Names under <c>channels:</c>, whatever they hold.</summary>
    public static IReadOnlyList<string> ChannelNames(ConfigurationFile file) =>
        [.. (file.Section(ChannelsSection)?.Fields ?? []).Select(field => field.Name)];

    /// <summary>Whether a rule or channel may be called so: lower-case letters, digits, '-', '_' and '.'.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && !text.AsSpan().ContainsAnyExcept(NameLetters);

    private static ConfigurationFile BuiltIn()
    {
        const string name = "default-alerts.yaml";
        using Stream stream = typeof(AlertConfiguration).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        using var reader = new StreamReader(stream);
        return ConfigurationFile.Parse(reader.ReadToEnd(), name);
    }
}
