namespace AuditIntel.Contracts;

/// <summary>A named value of a configuration file.</summary>
/// <param name="Name">As written.</param>
/// <param name="Line">Line of the name, counted from 1.</param>
/// <param name="Value">What stands behind the colon.</param>
public sealed record ConfigurationField(string Name, int Line, ConfigurationNode Value);
