namespace AuditIntel.Kafka;

/// <summary>A topic of the cluster.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Partitions">Number of partitions.</param>
public sealed record TopicDescription(string Name, int Partitions);
