namespace AuditIntel.Kafka;

/// <summary>A topic that has to be there.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Partitions">Number of partitions, at least 1.</param>
/// <param name="Config">Settings beyond the broker's defaults; null for none.</param>
/// <param name="ReplicationFactor">-1 for the broker's default.</param>
public sealed record TopicSpec(string Name, int Partitions, IReadOnlyDictionary<string, string>? Config = null, short ReplicationFactor = -1)
{
    /// <summary>Longest name that Kafka takes.</summary>
    private const int LongestName = 249;

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        bool nameGood = Name.Length is > 0 and <= LongestName && Name is not ("." or "..")
            && Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
        if (!nameGood)
        {
            yield return $"'{Name}' cannot be a topic's name: letters, digits, '.', '_' and '-' only, at most {LongestName}.";
        }

        if (Partitions < 1)
        {
            yield return $"Topic {Name} needs at least 1 partition.";
        }

        if (ReplicationFactor is not -1 and < 1)
        {
            yield return $"Topic {Name} needs a replication factor of at least 1, or -1 for the broker's default.";
        }
    }
}
