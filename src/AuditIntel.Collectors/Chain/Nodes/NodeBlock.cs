using AuditIntel.Collectors.Chain.JsonRpc;

namespace AuditIntel.Collectors.Chain.Nodes;

/// <summary>What the nodes say about one height.</summary>
/// <param name="Number">The height.</param>
/// <param name="Block">The block, or null.</param>
/// <param name="Refused">Why it cannot be taken, when a block is there all the same.</param>
internal sealed record NodeBlock(long Number, RpcBlock? Block, RefusedPiece? Refused)
{
    /// <summary>No node has a block of that height yet.</summary>
    public bool IsMissing => Block is null && Refused is null;
}
