namespace AuditIntel.Sinks.Postgres;

/// <summary>Where a sink stands in the partitions that it has.</summary>
/// <param name="Partitions">The partitions assigned to this instance.</param>
/// <param name="CaughtUp">
/// True when every topic has a partition here and every partition is caught up: all that was committed on the topics before the call is in the
/// database. For the only instance of a sink; of several instances look at <see cref="Partitions"/>.
/// </param>
public sealed record SinkProgress(IReadOnlyList<SinkPartitionProgress> Partitions, bool CaughtUp);
