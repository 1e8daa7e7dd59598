using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;

namespace AuditIntel.Sinks.Transactions;

/// <summary>The rows that a stretch of a batch leads to, merged as the upserts merge between batches.</summary>
internal sealed class ChainRows
{
    private readonly LatestRows<TransactionKey, StoredTransaction> _transactions;
    private readonly LatestRows<TransactionKey, Anomaly> _anomalies;

    // Of retractions whose mined record stands in the same stretch: merged away, it can no longer be seen that it was there.
    private readonly HashSet<TransactionKey> _anchored = [];
    private readonly LatestRows<string, AlertRow> _alerts = new(a => a.Alert.Id, AlertRow.Merge);

    public ChainRows()
    {
        _transactions = new LatestRows<TransactionKey, StoredTransaction>(
            row => row.Key,
            (old, late) => late.ScoredAt >= old.ScoredAt && MayReplace(old.IsRemoved, old.Block, late.IsRemoved, late.Block, late.Key) ? late : old);
        _anomalies = new LatestRows<TransactionKey, Anomaly>(
            KeyOf,
            (old, late) => late.DetectedAt >= old.DetectedAt && MayReplace(old.Removed, HashValue.ParseOrNone(old.BlockHash), late.Removed, HashValue.ParseOrNone(late.BlockHash), KeyOf(late)) ? late : old);
    }

    /// <summary>Whoever writes them may bring them into another order.</summary>
    public List<StoredTransaction> Transactions => _transactions.Rows;

    public List<Anomaly> Anomalies => _anomalies.Rows;

    public List<AlertRow> Alerts => _alerts.Rows;

    /// <summary>Artefacts and tombstones, in the order of the log.</summary>
    public List<object> Models { get; } = [];

    public void Clear()
    {
        _transactions.Clear();
        _anomalies.Clear();
        _alerts.Clear();
        _anchored.Clear();
        Models.Clear();
    }

    public void Take(SinkStretch records)
    {
        foreach (ref readonly var record in records.Records)
        {
            switch (record.Value)
            {
                case StoredTransaction transaction:
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

    /// <summary>True for a retraction when this stretch had what it retracts, so that it holds against whatever the table has.</summary>
    public bool IsAnchored(StoredTransaction row) => row.IsRemoved && _anchored.Contains(row.Key);

    /// <inheritdoc cref="IsAnchored(StoredTransaction)"/>
    public bool IsAnchored(Anomaly row) => row.Removed && _anchored.Contains(KeyOf(row));

    // Anomalies have a kind, which is not empty: the keys do not meet.
    private static TransactionKey KeyOf(Anomaly row) => new(HashValue.ParseOrNone(row.TransactionHash), row.ChainId, row.Timestamp.UtcTicks, row.Kind);

    // The retraction of a block does not touch what was mined in another block of the same second.
    private bool MayReplace(bool isRetracted, HashValue present, bool isRetraction, HashValue retracted, TransactionKey key)
    {
        if (!isRetraction || isRetracted)
        {
            return true;
        }

        if (!retracted.IsNone && !present.IsNone && retracted != present)
        {
            return false;
        }

        _anchored.Add(key);
        return true;
    }
}
