namespace AuditIntel.Kafka;

/// <summary>A topic that has to be there.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Partitions">Number of partitions, at least 1.</param>
/// <param name="Config">Settings beyond the broker's defaults; null for none.</param>
/// <param name="ReplicationFactor">-1 for the broker's default.</param>
public sealed record TopicSpec(string Name, int Partitions, IReadOnlyDictionary<string, string>? Config = null, short ReplicationFactor = -1);
