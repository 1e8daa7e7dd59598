using AuditIntel.Contracts;

namespace AuditIntel.Sinks.Alerts;

/// <summary>The channels of one file, with their secrets.</summary>
public sealed class AlertChannelSet
{
    internal AlertChannelSet(IReadOnlyList<AlertChannelPlan> channels) => Channels = channels;

    /// <summary>Names of the channels, in the order of the file.</summary>
    public IReadOnlyList<string> Names => [.. Channels.Select(channel => channel.Name)];

    internal IReadOnlyList<AlertChannelPlan> Channels { get; }

    /// <summary>
    /// Reads the <c>channels:</c> section of a file, or for null the built-in one (console), and the secrets that it names from the environment and from files.
    /// </summary>
    /// <exception cref="ConfigurationException">The file is not valid, or a secret is not there; every fault stands in the message, with its line.</exception>
    public static AlertChannelSet Load(string? path) => Read(AlertConfiguration.Read(path));

    /// <param name="file">The file.</param>
    /// <param name="environment">Environment variables; null for those of the process.</param>
    /// <inheritdoc cref="Load"/>
    public static AlertChannelSet Read(ConfigurationFile file, Func<string, string?>? environment = null) =>
        new AlertChannelParser(file, environment ?? Environment.GetEnvironmentVariable).Parse();
}
