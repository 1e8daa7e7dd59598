namespace AuditIntel.Contracts;

/// <summary>A topic as the product creates it.</summary>
/// <param name="Name">Full name; the value's subject is <c>Name-value</c>.</param>
/// <param name="Key">What the record key holds, for people.</param>
/// <param name="Record">Full name of the value's schema.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="Config">Settings beyond the broker's defaults, keys as in Apache Kafka.</param>
public sealed record TopicDefinition(string Name, string Key, string Record, int Partitions, IReadOnlyDictionary<string, string> Config)
{
    /// <summary>Subject of the value's schema (TopicNameStrategy).</summary>
    public string Subject => Name + "-value";
}
