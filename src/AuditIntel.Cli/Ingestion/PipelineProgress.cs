using AuditIntel.Cli.Pipeline;
using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Topologies.Findings;
using AuditIntel.Topologies.Transactions;
using AuditIntel.Topologies.Trends;
using Dapper;
using Npgsql;

namespace AuditIntel.Cli.Ingestion;

/// <summary>How far topologies and PostgreSQL sinks have come, seen from outside: it does not matter which process runs them.</summary>
internal sealed class PipelineProgress(TopicAdmin admin, Stack stack)
{
    private static readonly (string Group, string[] Topics)[] Topologies =
    [
        (FindingsTopology.ApplicationId, [Topics.Contests.Name, Topics.RawFindings.Name]),
        (TrendsTopology.ApplicationId, [Topics.Findings.Name, Topics.FindingDuplicates.Name]),
        (TransactionsTopology.ApplicationId, [Topics.ChainTransactions.Name]),
    ];

    private static readonly (string Name, string[] Topics)[] Sinks =
    [
        (FindingsRoles.SinkName, [Topics.Contests.Name, Topics.Findings.Name, Topics.FindingDuplicates.Name, Topics.RawFindingsDeadLetters.Name]),
        (FindingsRoles.InsightsSinkName, [Topics.Trends.Name, Topics.EmergingThreats.Name, Topics.SimilarFindings.Name]),
        (TransactionsRoles.SinkName, [Topics.ScoredTransactions.Name, Topics.Anomalies.Name, Topics.Alerts.Name, Topics.Models.Name, Topics.ChainDeadLetters.Name, Topics.AlertDeadLetters.Name]),
    ];

    /// <summary>Records that the topologies have not committed yet.</summary>
    public async Task<long> TopologyLagAsync(CancellationToken cancellationToken)
    {
        long lag = 0;
        foreach ((string group, string[] topics) in Topologies)
        {
            IReadOnlyList<OffsetRange> ranges = await admin.OffsetsAsync(topics, cancellationToken);
            IReadOnlyList<PartitionOffset> committed = await admin.CommittedAsync(group, [.. ranges.Select(range => range.Partition)], cancellationToken);
            lag += Lag(ranges, committed.ToDictionary(offset => offset.Partition, offset => offset.Offset));
        }

        return lag;
    }

    /// <summary>Records that the PostgreSQL sinks have not stored yet.</summary>
    public async Task<long> SinkLagAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(stack.Postgres);
        long lag = 0;
        foreach ((string sink, string[] topics) in Sinks)
        {
            IReadOnlyList<OffsetRange> ranges = await admin.OffsetsAsync(topics, cancellationToken);
            IEnumerable<(string Topic, int Partition, long Offset)> stored = await connection.QueryAsync<(string Topic, int Partition, long Offset)>(new CommandDefinition(
                "select topic, partition, next_offset from sink_offsets where sink = @sink", new { sink }, cancellationToken: cancellationToken));
            lag += Lag(ranges, stored.ToDictionary(row => new PartitionId(row.Topic, row.Partition), row => row.Offset));
        }

        return lag;
    }

    /// <summary>Ends of the partitions of the dead letters: where those of a run begin.</summary>
    public Task<IReadOnlyList<OffsetRange>> DeadLetterOffsetsAsync(CancellationToken cancellationToken) =>
        admin.OffsetsAsync([Topics.RawFindingsDeadLetters.Name, Topics.ChainDeadLetters.Name], cancellationToken);

    private static long Lag(IReadOnlyList<OffsetRange> ranges, Dictionary<PartitionId, long> positions) =>
        ranges.Sum(range => Math.Max(0, range.End - Math.Max(range.Begin, positions.GetValueOrDefault(range.Partition))));
}
