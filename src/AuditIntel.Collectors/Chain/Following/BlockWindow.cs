using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Chain.Following;

/// <summary>The newest blocks that were taken, oldest first. Heights rise; a block that could not be taken leaves a gap.</summary>
internal sealed class BlockWindow(IEnumerable<RecentBlock> blocks)
{
    private readonly List<RecentBlock> _blocks = [.. blocks];

    public RecentBlock? Last => _blocks.Count == 0 ? null : _blocks[^1];

    public IReadOnlyList<RecentBlock> Blocks => _blocks;

    public void Add(RecentBlock block) => _blocks.Add(block);

    /// <summary>True when the block does not build on the one below it, as far as that is known.</summary>
    public bool Contradicts(ChainBlock block) => Last is { } last && last.Number == block.Number - 1 && last.Hash != block.ParentHash;

    /// <summary>Gives up what lies so deep that no reorganisation reaches it; the newest stays, to compare the next block with.</summary>
    public void Trim(long lowestNumber)
    {
        int old = 0;
        while (old < _blocks.Count - 1 && _blocks[old].Number < lowestNumber)
        {
            old++;
        }

        _blocks.RemoveRange(0, old);
    }

    /// <summary>Takes out everything above a height.</summary>
    public IReadOnlyList<RecentBlock> RemoveAbove(long number)
    {
        RecentBlock[] removed = [.. _blocks.Where(block => block.Number > number)];
        _blocks.RemoveAll(block => block.Number > number);
        return removed;
    }
}
