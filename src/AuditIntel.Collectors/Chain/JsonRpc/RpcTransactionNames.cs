namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>How the Ethereum JSON-RPC specification names the fields of transactions and receipts.</summary>
internal static class RpcTransactionNames
{
    public static readonly FieldNames<TransactionField> Transaction = new(
        ("blockHash", TransactionField.BlockHash),
        ("blockNumber", TransactionField.BlockNumber),
        ("from", TransactionField.From),
        ("gas", TransactionField.GasLimit),
        ("gasPrice", TransactionField.GasPrice),
        ("maxFeePerGas", TransactionField.MaxFeePerGas),
        ("maxPriorityFeePerGas", TransactionField.MaxPriorityFeePerGas),
        ("hash", TransactionField.Hash),
        ("input", TransactionField.Input),
        ("nonce", TransactionField.Nonce),
        ("to", TransactionField.To),
        ("transactionIndex", TransactionField.Index),
        ("value", TransactionField.Value),
        ("type", TransactionField.Type),
        ("chainId", TransactionField.ChainId));

    public static readonly FieldNames<TransactionField> Receipt = new(
        ("blockHash", TransactionField.BlockHash),
        ("contractAddress", TransactionField.CreatedContract),
        ("cumulativeGasUsed", TransactionField.CumulativeGasUsed),
        ("effectiveGasPrice", TransactionField.EffectiveGasPrice),
        ("gasUsed", TransactionField.GasUsed),
        ("logs", TransactionField.Logs),
        ("status", TransactionField.Status),
        ("transactionHash", TransactionField.Hash));
}
