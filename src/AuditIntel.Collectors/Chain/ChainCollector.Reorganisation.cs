using System.Globalization;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain;

/// <summary>What happens when blocks turn out to be orphaned.</summary>
public sealed partial class ChainCollector
{
    private const int HashesAtOnce = 16;

    /// <summary>Is the newest block that was taken still there? True when it is not, and what was orphaned is taken back.</summary>
    private async Task<bool> CheckNewestAsync(CancellationToken cancellationToken)
    {
        if (_window.Last is not { } newest)
        {
            return false;
        }

        // No block at all at that height is no proof: a node may lag behind the one that was asked before.
        string?[] hashes = await _node.HashesAsync([newest.Number], cancellationToken).ConfigureAwait(false);
        return hashes[0] is { } hash && hash != newest.Hash && await ReorganiseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes back to the newest block that is still part of the chain. False when none was orphaned: then nodes disagree for a moment.</summary>
    private async Task<bool> ReorganiseAsync(CancellationToken cancellationToken)
    {
        long ancestor = await AncestorAsync(cancellationToken).ConfigureAwait(false);
        if (_window.Last is not { } last || last.Number <= ancestor)
        {
            return false;
        }

        // Everything has to be on the topic before it can be found there.
        _publisher.Flush(cancellationToken);
        long lowest = _window.Blocks[0].Number;
        IReadOnlyList<RecentBlock> orphans = _window.RemoveAbove(ancestor);
        _onWarning?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"Chain {_chainId} was reorganised: {orphans.Count} blocks from {orphans[0].Number} to {orphans[^1].Number} are taken back."));
        if (ancestor < lowest)
        {
            _onWarning?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"The reorganisation of chain {_chainId} may reach below block {lowest}, the oldest that is remembered; blocks below it are kept. Collect with more confirmations."));
        }

        await RetractAsync(orphans, cancellationToken).ConfigureAwait(false);
        _reorganisations++;
        ChainMetrics.Reorganisations.Add(1, ChainMetrics.Chain(_chainId));
        _next = orphans[0].Number;
        await KeepCursorAsync(cancellationToken).ConfigureAwait(false);
        Report();
        return true;
    }

    /// <summary>Height of the newest remembered block that the chain still has; below the oldest when it has none of them.</summary>
    private async Task<long> AncestorAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RecentBlock> blocks = _window.Blocks;
        for (int end = blocks.Count; end > 0; end -= HashesAtOnce)
        {
            RecentBlock[] part = [.. blocks.Take(end).TakeLast(HashesAtOnce)];
            string?[] hashes = await _node.HashesAsync([.. part.Select(block => block.Number)], cancellationToken).ConfigureAwait(false);
            for (int i = part.Length - 1; i >= 0; i--)
            {
                if (hashes[i] == part[i].Hash)
                {
                    return part[i].Number;
                }
            }
        }

        return blocks.Count == 0 ? -1 : blocks[0].Number - 1;
    }

    /// <summary>Takes back what a program sent that died before it could keep its cursor, and that is not in the chain.</summary>
    private async Task SettleAsync(ChainBlock block, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string> orphans = _unsettled.Settle(block);
        if (orphans.Count > 0)
        {
            await RetractTransactionsAsync(_cursorOffsets, orphans.Contains, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Newest first, as a chain is unwound: the transactions of the blocks, then the blocks.</summary>
    private async Task RetractAsync(IReadOnlyList<RecentBlock> orphans, CancellationToken cancellationToken)
    {
        HashSet<string> hashes = [.. orphans.Select(orphan => orphan.Hash)];
        await RetractTransactionsAsync(orphans[0].Offsets, hashes.Contains, cancellationToken).ConfigureAwait(false);
        foreach (RecentBlock orphan in orphans.Reverse())
        {
            _publisher.Publish(
                new ChainBlock
                {
                    ChainId = _chainId,
                    Number = orphan.Number,
                    Hash = orphan.Hash,
                    ParentHash = orphan.ParentHash,
                    Timestamp = orphan.Timestamp,
                    TransactionCount = orphan.TransactionCount,
                    Removed = true,
                    CollectedAt = _options.Clock.GetUtcNow(),
                },
                cancellationToken);
        }
    }

    private async Task RetractTransactionsAsync(IReadOnlyList<TopicOffset> from, Func<string, bool> isOrphan, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChainTransaction> sent = await _publisher.ReadBackAsync(
            _chainId, from, transaction => transaction.BlockHash is { } hash && isOrphan(hash), cancellationToken).ConfigureAwait(false);
        for (int i = sent.Count - 1; i >= 0; i--)
        {
            _publisher.Publish(sent[i] with { Removed = true, CollectedAt = _options.Clock.GetUtcNow() }, cancellationToken);
        }

        _retracted += sent.Count;
        ChainMetrics.Retracted.Add(sent.Count, ChainMetrics.Chain(_chainId));
    }
}
