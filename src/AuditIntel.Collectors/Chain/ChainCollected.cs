using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain;

/// <summary>One thing that a chain collector has read.</summary>
public abstract record ChainCollected
{
    private ChainCollected()
    {
    }

    public sealed record OfBlock(ChainBlock Block) : ChainCollected;

    /// <param name="Transaction">The facts.</param>
    /// <param name="Account">
    /// For account-centred files the account that the row was collected for, null otherwise. It tells of the collection, not of the
    /// transaction: it may group rows for an evaluation, and is never published.
    /// </param>
    public sealed record OfTransaction(ChainTransaction Transaction, string? Account = null) : ChainCollected;

    public sealed record OfLabel(AddressLabel Label) : ChainCollected;

    public sealed record OfDeadLetter(DeadLetter Letter) : ChainCollected;
}
