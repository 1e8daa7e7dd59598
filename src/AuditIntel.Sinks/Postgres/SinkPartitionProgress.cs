namespace AuditIntel.Sinks.Postgres;

/// <summary>Where a sink stands in one partition.</summary>
/// <param name="Topic">Name of the topic.</param>
/// <param name="Partition">Number of the partition.</param>
/// <param name="NextOffset">First offset that is not in the database yet.</param>
/// <param name="EndOffset">Offset after the last committed record, asked of the broker for this answer.</param>
/// <param name="CaughtUp">Nothing below <paramref name="EndOffset"/> is missing.</param>
public sealed record SinkPartitionProgress(string Topic, int Partition, long NextOffset, long EndOffset, bool CaughtUp);
