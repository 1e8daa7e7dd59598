namespace AuditIntel.Collectors.Chain.Nodes;

/// <summary>A question to a node.</summary>
/// <param name="Method">JSON-RPC method.</param>
/// <param name="Parameters">Its parameters: strings and booleans.</param>
internal readonly record struct RpcCall(string Method, params object[] Parameters)
{
    public static RpcCall ChainId { get; } = new("eth_chainId");

    public static RpcCall BlockNumber { get; } = new("eth_blockNumber");

    public static RpcCall Block(long number, bool withTransactions) => new("eth_getBlockByNumber", Quantity(number), withTransactions);

    public static RpcCall BlockReceipts(long number) => new("eth_getBlockReceipts", Quantity(number));

    public static RpcCall Receipt(string transaction) => new("eth_getTransactionReceipt", transaction);

    private static string Quantity(long number) => "0x" + number.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
}
