using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Postgres;
using Npgsql;

namespace AuditIntel.Sinks.Transactions;

/// <summary>Scored transactions, anomalies, alerts and models: from their topics to their tables.</summary>
internal sealed class TransactionsContent(SchemaRegistryClient registry, IReadOnlyList<string> deadLetterTopics, int monthsAhead, TimeProvider clock) : ISinkContent, IDisposable
{
    private readonly ConfluentAvroDeserializer<ScoredTransaction> _transactions = new(registry);
    private readonly ConfluentAvroDeserializer<Anomaly> _anomalies = new(registry);
    private readonly ConfluentAvroDeserializer<Alert> _alerts = new(registry);
    private readonly ConfluentAvroDeserializer<ModelArtifact> _models = new(registry);
    private readonly ConfluentAvroDeserializer<DeadLetter> _deadLetters = new(registry);
    private readonly TransactionEncoder _encoder = new();
    private readonly Scorers _scorers = new();
    private readonly MonthPartitions _months = new(clock, monthsAhead, "transactions", "anomalies");
    private readonly ChainRows _rows = new();
    private readonly TransactionStore _store = new();
    private NpgsqlConnection? _connection;

    public IReadOnlyList<string> TopicNames { get; } =
        [Topics.ScoredTransactions.Name, Topics.Anomalies.Name, Topics.Alerts.Name, Topics.Models.Name, .. deadLetterTopics];

    public string CreateStaging => "create_transactions_staging";

    public string ClearStaging => "clear_transactions_staging";

    public object Decode(string topic, ReadOnlySpan<byte> payload)
    {
        if (topic == Topics.ScoredTransactions.Name)
        {
            return _transactions.Deserialize(payload);
        }

        if (topic == Topics.Anomalies.Name)
        {
            return _anomalies.Deserialize(payload);
        }

        if (topic == Topics.Alerts.Name)
        {
            return _alerts.Deserialize(payload);
        }

        return topic == Topics.Models.Name ? _models.Deserialize(payload) : _deadLetters.Deserialize(payload);
    }

    public object? DecodeTombstone(string topic, ReadOnlySpan<byte> key, out string why)
    {
        var isModel = topic == Topics.Models.Name;
        why = isModel ? "no key" : "no value; only the models topic has tombstones";
        return isModel && !key.IsEmpty ? new GoneModel(System.Text.Encoding.UTF8.GetString(key)) : null;
    }

    public string? Fault(object value) => ChainRules.Fault(value);

    public object Keep(object value) => value is ScoredTransaction transaction ? _encoder.Encode(transaction) : value;

    public async Task PrepareAsync(NpgsqlConnection connection, SinkStretch records, CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(connection, _connection))
        {
            // Another session may stand before another database, restored or made anew.
            _scorers.Forget();
            _months.Forget();
            _connection = connection;
        }

        Look(records);
        await _months.EnsureAsync(connection, cancellationToken).ConfigureAwait(false);
        await _scorers.RegisterAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    public async Task WriteAsync(
        NpgsqlTransaction transaction, SinkStretch records, bool isPart, RowCounts written, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
        _rows.Clear();
        _rows.Take(records);
        written.Add(
            SinkTable.Transactions,
            await _store.StoreAsync(transaction, _rows, _scorers, mayBeDirect: !isPart, cancellationToken).ConfigureAwait(false));
        written.Add(
            SinkTable.Anomalies,
            await StagedRows.StoreAsync(
                connection,
                "anomalies",
                _rows.Anomalies,
                (importer, anomaly) => AnomalyRows.Write(importer, anomaly, _rows.IsAnchored(anomaly)),
                cancellationToken).ConfigureAwait(false));
        written.Add(
            SinkTable.Alerts, await StagedRows.StoreAsync(connection, "alerts", _rows.Alerts, AlertRows.Write, cancellationToken).ConfigureAwait(false));
        await ModelRows.StoreAsync(connection, _rows.Models, written, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _encoder.Dispose();

    private void Look(SinkStretch records)
    {
        foreach (ref readonly var record in records.Records)
        {
            switch (record.Value)
            {
                case StoredTransaction transaction:
                    _months.Need(0, transaction.OccurredAt);
                    _scorers.Need(transaction.Scorer);
                    break;
                case Anomaly anomaly:
                    _months.Need(1, anomaly.Timestamp);
                    break;
                default:
                    break;
            }
        }
    }
}
