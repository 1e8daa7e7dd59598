using System.Text;
using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;

namespace AuditIntel.Sinks.Insights;

/// <summary>Trends, emerging threats and similar findings: from their topics to their tables. Tombstones delete windows.</summary>
internal sealed class InsightsContent(SchemaRegistryClient registry) : ISinkContent
{
    private readonly ConfluentAvroDeserializer<FindingTrend> _trends = new(registry);
    private readonly ConfluentAvroDeserializer<EmergingThreat> _threats = new(registry);
    private readonly ConfluentAvroDeserializer<FindingDuplicate> _similar = new(registry);
    private readonly LatestRows<(TrendDimension, string, int, DateOnly?), TrendRow> _trendRows = new(row => row.Key, (_, late) => late);
    private readonly LatestRows<(string, int, DateOnly), ThreatRow> _threatRows = new(row => row.Key, (_, late) => late);
    private readonly LatestRows<(string, string), FindingDuplicate> _similarRows = new(SimilarRows.KeyOf, SimilarRows.Later);

    public IReadOnlyList<string> TopicNames { get; } = [Topics.Trends.Name, Topics.EmergingThreats.Name, Topics.SimilarFindings.Name];

    public string CreateStaging => "create_insights_staging";

    public string ClearStaging => "clear_insights_staging";

    public object Decode(string topic, ReadOnlySpan<byte> payload)
    {
        if (topic == Topics.Trends.Name)
        {
            return new TrendRow(_trends.Deserialize(payload), IsGone: false);
        }

        return topic == Topics.EmergingThreats.Name ? new ThreatRow(_threats.Deserialize(payload), IsGone: false) : _similar.Deserialize(payload);
    }

    public object? DecodeTombstone(string topic, ReadOnlySpan<byte> key, out string why)
    {
        var isSimilar = topic == Topics.SimilarFindings.Name;
        why = isSimilar ? "no value; topic auditintel.findings.similar has no tombstones" : "a key that is not dimension/value/days/start or type/days/start";
        var text = Encoding.UTF8.GetString(key);
        return isSimilar ? null : topic == Topics.Trends.Name ? WindowKeys.GoneTrend(text) : WindowKeys.GoneThreat(text);
    }

    public string? Fault(object value) => InsightRules.Fault(value);

    public Task PrepareAsync(NpgsqlConnection connection, SinkStretch records, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task WriteAsync(NpgsqlTransaction transaction, SinkStretch records, bool isPart, RowCounts written, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
        Take(records);
        written.Add(
            SinkTable.FindingTrends, await StagedRows.StoreAsync(connection, "trends", _trendRows.Rows, TrendRows.Write, cancellationToken).ConfigureAwait(false));
        written.Add(
            SinkTable.EmergingThreats, await StagedRows.StoreAsync(connection, "threats", _threatRows.Rows, ThreatRows.Write, cancellationToken).ConfigureAwait(false));
        written.Add(
            SinkTable.SimilarFindings, await StagedRows.StoreAsync(connection, "similar", _similarRows.Rows, SimilarRows.Write, cancellationToken).ConfigureAwait(false));
    }

    private void Take(SinkStretch records)
    {
        _trendRows.Clear();
        _threatRows.Clear();
        _similarRows.Clear();
        foreach (ref readonly var record in records.Records)
        {
            switch (record.Value)
            {
                case TrendRow trend:
                    _trendRows.Put(trend);
                    break;
                case ThreatRow threat:
                    _threatRows.Put(threat);
                    break;
                case FindingDuplicate similar:
                    _similarRows.Put(similar);
                    break;
                case DeadLetter:
                    break;
                default:
                    throw new InvalidOperationException($"No rows are defined for records of kind {record.Value.GetType().Name}.");
            }
        }
    }
}
