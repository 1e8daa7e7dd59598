namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>What a JSON property tells of a transaction or of its receipt.</summary>
internal enum TransactionField
{
    Kind,
    Hash,
    ChainId,
    BlockNumber,
    BlockHash,
    BlockTimestamp,
    Index,
    From,
    To,
    Nonce,
    Value,
    GasLimit,
    GasPrice,
    MaxFeePerGas,
    MaxPriorityFeePerGas,
    Type,
    Input,
    Status,
    GasUsed,
    CumulativeGasUsed,
    EffectiveGasPrice,
    CreatedContract,
    Logs,
}
