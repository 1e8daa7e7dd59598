using Confluent.Kafka;

namespace AuditIntel.Kafka;

/// <summary>How to reach a Kafka cluster; shared by every client of a program.</summary>
public sealed record KafkaOptions
{
    /// <summary>host:port[,host:port...]</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>Name of the program in the broker's logs and quotas.</summary>
    public string ClientId { get; init; } = "auditintel";

    /// <summary>
    /// Further client properties with librdkafka's own keys (security.protocol, sasl.username, ...). They win over what this room sets by
    /// itself. Values may be secrets: nothing here is ever logged.
    /// </summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys that this room must set itself to keep its promises.</summary>
    private static readonly string[] Reserved =
    [
        "bootstrap.servers", "client.id", "group.id", "transactional.id", "enable.auto.commit", "enable.auto.offset.store", "enable.partition.eof",
        "enable.idempotence", "delivery.report.only.error", "dotnet.producer.enable.delivery.reports", "dotnet.producer.enable.background.poll",
    ];

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string key in Reserved)
        {
            if (Properties.ContainsKey(key))
            {
                yield return $"Property {key} cannot be set here: the program sets it itself.";
            }
        }

        foreach (string server in BootstrapServers.Split(','))
        {
            string[] parts = server.Trim().Split(':');
            bool portGood = parts.Length > 1 && int.TryParse(parts[^1], out int port) && port is > 0 and <= 65535;
            if (!portGood || parts[0].Length == 0)
            {
                yield return $"Bootstrap server '{server.Trim()}' is not host:port.";
            }
        }
    }

    /// <summary>Reads properties from a file, one key=value a line; blank lines and lines that begin with # are skipped.</summary>
    /// <exception cref="FormatException">A line has no '='; the message names file and line.</exception>
    public static IReadOnlyDictionary<string, string> ReadProperties(string path)
    {
        var properties = new Dictionary<string, string>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new FormatException($"{path}, line {number}: a property is written key=value.");
            }

            properties[text[..equals].Trim()] = text[(equals + 1)..].Trim();
        }

        return properties;
    }

    /// <exception cref="ArgumentException">The options are invalid.</exception>
    internal void ThrowIfInvalid()
    {
        string[] errors = [.. Validate()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', errors));
        }
    }

    /// <summary>
    /// Which of the library's lines people should see. A property meant for another kind of client (CONFWARN) is no trouble: all clients
    /// share one set.
    /// </summary>
    internal static bool IsWorthAWarning(LogMessage log) => log.Level <= SyslogLevel.Warning && log.Facility != "CONFWARN";

    /// <summary>Builds a client; what the library says of an impossible setting names the setting.</summary>
    /// <exception cref="KafkaFailureException">A property is unknown, or its value is impossible.</exception>
    internal static TClient Build<TClient>(Func<TClient> build)
    {
        try
        {
            return build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new KafkaFailureException($"The Kafka client cannot be configured: {e.Message}", e);
        }
    }

    internal T Apply<T>(T config)
        where T : ClientConfig
    {
        config.BootstrapServers = BootstrapServers;
        config.ClientId = ClientId;
        foreach ((string key, string value) in Properties)
        {
            config.Set(key, value);
        }

        return config;
    }
}
