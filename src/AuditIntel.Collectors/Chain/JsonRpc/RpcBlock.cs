using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>A block as a node told it.</summary>
internal sealed class RpcBlock(ChainBlock header)
{
    public ChainBlock Header { get; } = header;

    public List<ChainTransaction> Transactions { get; } = [];

    /// <summary>Transactions that could not be taken, each with its bytes.</summary>
    public List<RefusedPiece> Refused { get; } = [];

    /// <summary>Transactions of which no receipt of this block was there: their status is unknown.</summary>
    public int WithoutReceipt { get; set; }
}
