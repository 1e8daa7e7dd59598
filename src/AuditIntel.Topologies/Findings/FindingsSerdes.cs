using AuditIntel.Avro;
using AuditIntel.Contracts;
using AuditIntel.Streaming;
using AuditIntel.Topologies.Serialization;

namespace AuditIntel.Topologies.Findings;

/// <summary>How the topics of the findings topology are read and written.</summary>
public sealed record FindingsSerdes(
    ISerde<RawFinding> Raw,
    ISerde<Contest> Contest,
    ISerde<ModelArtifact> Model,
    ISerde<Finding> Finding,
    ISerde<FindingDuplicate> Duplicate,
    ISerde<FindingDuplicate> Similar,
    ISerde<DeadLetter> DeadLetter)
{
    /// <summary>Registers all schemas.</summary>
    public static async Task<FindingsSerdes> CreateAsync(SchemaRegistryClient registry, CancellationToken cancellationToken) => new(
        await AvroSerde<RawFinding>.CreateAsync(registry, Topics.RawFindings.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<Contest>.CreateAsync(registry, Topics.Contests.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<ModelArtifact>.CreateAsync(registry, Topics.Models.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<Finding>.CreateAsync(registry, Topics.Findings.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<FindingDuplicate>.CreateAsync(registry, Topics.FindingDuplicates.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<FindingDuplicate>.CreateAsync(registry, Topics.SimilarFindings.Subject, cancellationToken).ConfigureAwait(false),
        await AvroSerde<DeadLetter>.CreateAsync(registry, Topics.RawFindingsDeadLetters.Subject, cancellationToken).ConfigureAwait(false));
}
