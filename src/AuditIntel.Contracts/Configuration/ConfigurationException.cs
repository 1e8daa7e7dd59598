namespace AuditIntel.Contracts;

/// <summary>A configuration file that cannot be used, with everything that is wrong with it.</summary>
public sealed class ConfigurationException : Exception
{
    public ConfigurationException(IReadOnlyList<string> faults)
        : base(string.Join('\n', faults)) => Faults = faults;

    /// <summary>One sentence each, in the order of the file, with file and line.</summary>
    public IReadOnlyList<string> Faults { get; }
}
