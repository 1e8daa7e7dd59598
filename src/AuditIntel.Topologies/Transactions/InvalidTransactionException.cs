namespace AuditIntel.Topologies.Transactions;

/// <summary>A transaction that no row could be made of.</summary>
public sealed class InvalidTransactionException(string field, string message) : Exception(message)
{
    /// <summary>Which field is wrong.</summary>
    public string Field { get; } = field;
}
