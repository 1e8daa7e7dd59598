using AuditIntel.Cli.Pipeline;
using AuditIntel.Contracts;
using AuditIntel.Kafka;
using AuditIntel.Topologies.Findings;
using Dapper;
using Npgsql;

namespace AuditIntel.Cli.Ingestion;

/// <summary>How far topology and PostgreSQL sink have come, seen from outside: it does not matter which process runs them.</summary>
internal sealed class PipelineProgress(TopicAdmin admin, Stack stack)
{
    private static readonly string[] TopologyInputs = [Topics.Contests.Name, Topics.RawFindings.Name];

    private static readonly string[] SinkInputs =
        [Topics.Contests.Name, Topics.Findings.Name, Topics.FindingDuplicates.Name, Topics.RawFindingsDeadLetters.Name];

    /// <summary>Records that the topology has not committed yet.</summary>
    public async Task<long> TopologyLagAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<OffsetRange> ranges = await admin.OffsetsAsync(TopologyInputs, cancellationToken);
        IReadOnlyList<PartitionOffset> committed = await admin.CommittedAsync(
            FindingsTopology.ApplicationId, [.. ranges.Select(range => range.Partition)], cancellationToken);
        Dictionary<PartitionId, long> positions = committed.ToDictionary(offset => offset.Partition, offset => offset.Offset);
        return ranges.Sum(range => range.End - Math.Max(range.Begin, positions.GetValueOrDefault(range.Partition)));
    }

    /// <summary>Records that the PostgreSQL sink has not stored yet.</summary>
    public async Task<long> SinkLagAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<OffsetRange> ranges = await admin.OffsetsAsync(SinkInputs, cancellationToken);
        await using var connection = new NpgsqlConnection(stack.Postgres);
        IEnumerable<(string Topic, int Partition, long Offset)> stored = await connection.QueryAsync<(string Topic, int Partition, long Offset)>(new CommandDefinition(
            "select topic, partition, next_offset from sink_offsets where sink = @sink", new { sink = FindingsPipeline.SinkName }, cancellationToken: cancellationToken));
        Dictionary<PartitionId, long> positions = stored.ToDictionary(row => new PartitionId(row.Topic, row.Partition), row => row.Offset);
        return ranges.Sum(range => Math.Max(0, range.End - Math.Max(range.Begin, positions.GetValueOrDefault(range.Partition))));
    }

    /// <summary>Ends of the partitions of the dead letters: where those of a run begin.</summary>
    public Task<IReadOnlyList<OffsetRange>> DeadLetterOffsetsAsync(CancellationToken cancellationToken) =>
        admin.OffsetsAsync([Topics.RawFindingsDeadLetters.Name], cancellationToken);
}
