namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>No address is known.</summary>
public sealed class NoAddressLabels : IAddressLabels
{
    public static NoAddressLabels Instance { get; } = new();

    public bool IsFlagged(long chainId, AccountAddress address) => false;
}
