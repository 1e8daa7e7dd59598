using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain.Following;

/// <summary>
/// Blocks whose transactions were sent after the cursor was kept, by a program that then died: whether they are still part of the chain shows
/// when their heights are read again.
/// </summary>
internal sealed class UnsettledBlocks(IEnumerable<ChainTransaction> sentAfterCursor)
{
    private readonly Dictionary<long, HashSet<string>> _hashes = sentAfterCursor
        .GroupBy(transaction => transaction.BlockNumber)
        .ToDictionary(group => group.Key, group => group.Select(transaction => transaction.BlockHash!).ToHashSet());

    public bool IsEmpty => _hashes.Count == 0;

    /// <summary>Settles a height: the hashes that were sent for it and are not the block's.</summary>
    public IReadOnlyCollection<string> Settle(ChainBlock block)
    {
        if (!_hashes.Remove(block.Number, out HashSet<string>? hashes))
        {
            return [];
        }

        hashes.Remove(block.Hash);
        return hashes;
    }
}
