using AuditIntel.Avro;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>What a receipt adds to its transaction.</summary>
internal sealed record RpcReceipt(
    string TransactionHash,
    string? BlockHash,
    TransactionStatus Status,
    long? GasUsed,
    long? CumulativeGasUsed,
    AvroDecimal? EffectiveGasPrice,
    string? CreatedContract,
    int? LogCount);
