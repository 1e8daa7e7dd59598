namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>What a JSON property tells of a block.</summary>
internal enum BlockField
{
    Kind,
    Number,
    Hash,
    ParentHash,
    Timestamp,
    Miner,
    GasLimit,
    GasUsed,
    BaseFeePerGas,
    Size,
    TransactionCount,
    Transactions,
}
