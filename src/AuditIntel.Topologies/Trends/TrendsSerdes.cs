using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Serialization;

namespace AuditIntel.Topologies.Trends;

/// <summary>How the topics of the trends topology are read and written.</summary>
public sealed record TrendsSerdes(
    ISerde<Finding> Finding, ISerde<FindingDuplicate> Duplicate, ISerde<FindingTrend> Trend, ISerde<EmergingThreat> Threat, ISerde<DeadLetter> DeadLetter)
{
    /// <summary>Registers all schemas.</summary>
    public static async Task<TrendsSerdes> CreateAsync(SchemaRegistryClient registry, CancellationToken cancellationToken) => new(
        await AvroSerde<Finding>.CreateAsync(registry, Topics.Findings.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<FindingDuplicate>.CreateAsync(registry, Topics.FindingDuplicates.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<FindingTrend>.CreateAsync(registry, Topics.Trends.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<EmergingThreat>.CreateAsync(registry, Topics.EmergingThreats.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<DeadLetter>.CreateAsync(registry, Topics.RawFindingsDeadLetters.Subject, cancellationToken).ConfigureAwait(false));
}
