namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>
/// Addresses that are already known as bad: label lists, confirmed incidents. Only what was known before the record may be told; an evaluation
/// against labels gives none.
/// </summary>
public interface IAddressLabels
{
    bool IsFlagged(long chainId, AccountAddress address);
}
