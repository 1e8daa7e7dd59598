namespace AuditIntel.DevStack.Transactions;

/// <summary>States of a transactional id, with the codes of __transaction_state and the names of DescribeTransactions.</summary>
internal enum TransactionState : sbyte
{
    Empty = 0,
    Ongoing = 1,
    PrepareCommit = 2,
    PrepareAbort = 3,
    CompleteCommit = 4,
    CompleteAbort = 5,
    Dead = 6,
    PrepareEpochFence = 7,
}
