using AuditIntel.Avro;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain.Publishing;

/// <summary>Wire formats of the chain collectors' topics.</summary>
internal sealed record ChainSerializers(
    ConfluentAvroSerializer<ChainBlock> Blocks,
    ConfluentAvroSerializer<ChainTransaction> Transactions,
    ConfluentAvroDeserializer<ChainTransaction> TransactionReader,
    ConfluentAvroSerializer<AddressLabel> Labels,
    ConfluentAvroSerializer<DeadLetter> Letters)
{
    /// <exception cref="SchemaRegistryException">The registry refuses a schema or does not answer.</exception>
    public static async Task<ChainSerializers> CreateAsync(SchemaRegistryClient registry, CancellationToken cancellationToken) => new(
        await ConfluentAvroSerializer<ChainBlock>.CreateAsync(registry, Topics.ChainBlocks.Subject, cancellationToken).ConfigureAwait(false),
        await ConfluentAvroSerializer<ChainTransaction>.CreateAsync(registry, Topics.ChainTransactions.Subject, cancellationToken).ConfigureAwait(false),
        new ConfluentAvroDeserializer<ChainTransaction>(registry),
        await ConfluentAvroSerializer<AddressLabel>.CreateAsync(registry, Topics.AddressLabels.Subject, cancellationToken).ConfigureAwait(false),
        await ConfluentAvroSerializer<DeadLetter>.CreateAsync(registry, Topics.ChainDeadLetters.Subject, cancellationToken).ConfigureAwait(false));
}
