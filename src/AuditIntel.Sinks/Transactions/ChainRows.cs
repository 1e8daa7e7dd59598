using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Transactions;

/// <summary>The rows that a stretch of a batch leads to, merged as the upserts merge between batches.</summary>
internal sealed class ChainRows
{
    private readonly LatestRows<TransactionKey, ScoredTransaction> _transactions = new(
        t => new TransactionKey(t.Hash, t.ChainId, t.Timestamp.UtcTicks),
        (old, late) => late.ScoredAt >= old.ScoredAt && !IsOfSibling(late.Removed, late.BlockHash, old.Removed, old.BlockHash) ? late : old);

    private readonly LatestRows<TransactionKey, Anomaly> _anomalies = new(
        a => new TransactionKey(a.TransactionHash, a.ChainId, a.Timestamp.UtcTicks, a.Kind),
        (old, late) => late.DetectedAt >= old.DetectedAt && !IsOfSibling(late.Removed, late.BlockHash, old.Removed, old.BlockHash) ? late : old);

    private readonly LatestRows<string, AlertRow> _alerts = new(a => a.Alert.Id, AlertRow.Merge);

    public List<ScoredTransaction> Transactions => _transactions.Rows;

    public List<Anomaly> Anomalies => _anomalies.Rows;

    public List<AlertRow> Alerts => _alerts.Rows;

    /// <summary>Artefacts and tombstones, in the order of the log.</summary>
    public List<object> Models { get; } = [];

    public void Clear()
    {
        _transactions.Clear();
        _anomalies.Clear();
        _alerts.Clear();
        Models.Clear();
    }

    public void Take(SinkStretch records)
    {
        foreach (ref readonly var record in records.Records)
        {
            switch (record.Value)
            {
                case ScoredTransaction transaction:
                    _transactions.Put(transaction);
                    break;
                case Anomaly anomaly:
                    _anomalies.Put(anomaly);
                    break;
                case Alert alert:
                    _alerts.Put(new AlertRow(alert, alert.CreatedAt));
                    break;
                case ModelArtifact or GoneModel:
                    Models.Add(record.Value);
                    break;
                case DeadLetter:
                    // The engine's own.
                    break;
                default:
                    throw new InvalidOperationException($"No rows are defined for a {record.Value.GetType().Name}.");
            }
        }
    }

    // The retraction of a block does not touch what was mined in another block of the same second.
    private static bool IsOfSibling(bool isRetraction, string? retracted, bool isRetracted, string? present) =>
        isRetraction && !isRetracted && retracted is not null && present is not null && retracted != present;
}
