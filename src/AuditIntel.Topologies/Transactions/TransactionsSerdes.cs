using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Serialization;

namespace AuditIntel.Topologies.Transactions;

/// <summary>How the topics of the transactions topology are read and written.</summary>
public sealed record TransactionsSerdes(
    ISerde<ChainTransaction> Transaction,
    ISerde<AddressLabel> Label,
    ISerde<ModelArtifact> Model,
    ISerde<ScoredTransaction> Scored,
    ISerde<Anomaly> Anomaly,
    ISerde<Alert> Alert,
    ISerde<DeadLetter> DeadLetter)
{
    /// <summary>Registers all schemas.</summary>
    public static async Task<TransactionsSerdes> CreateAsync(SchemaRegistryClient registry, CancellationToken cancellationToken) => new(
        await AvroSerde<ChainTransaction>.CreateAsync(registry, Topics.ChainTransactions.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<AddressLabel>.CreateAsync(registry, Topics.AddressLabels.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<ModelArtifact>.CreateAsync(registry, Topics.Models.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<ScoredTransaction>.CreateAsync(registry, Topics.ScoredTransactions.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<Anomaly>.CreateAsync(registry, Topics.Anomalies.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<Alert>.CreateAsync(registry, Topics.Alerts.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<DeadLetter>.CreateAsync(registry, Topics.ChainDeadLetters.Subject, cancellationToken).ConfigureAwait(false));
}
