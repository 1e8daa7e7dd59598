using AuditIntel.Contracts;

namespace AuditIntel.Topologies.Alerts;

/// <summary>The rules of one file, in its order.</summary>
public sealed class AlertRuleSet
{
    internal AlertRuleSet(IReadOnlyList<AlertRule> rules) => Rules = [.. rules];

    /// <summary>What holds when no file is given: severe anomalies and labelled accounts, to the console.</summary>
    public static AlertRuleSet Default => Read(AlertConfiguration.Read(null));

    /// <summary>Ids of the rules.</summary>
    public IReadOnlyList<string> Ids => [.. Rules.Select(rule => rule.Id)];

    internal AlertRule[] Rules { get; }

    /// <summary>Reads the <c>rules:</c> section of a file; its <c>channels:</c> only for their names.</summary>
    /// <exception cref="ConfigurationException">The file is not valid; every fault stands in the message, with its line.</exception>
    public static AlertRuleSet Load(string path) => Read(AlertConfiguration.Read(path));

    /// <inheritdoc cref="Load"/>
    public static AlertRuleSet Read(ConfigurationFile file) => AlertRuleParser.Parse(file);
}
