using System.Globalization;
using AuditIntel.Collectors.Chain.Nodes;

namespace AuditIntel.Collectors.Chain;

/// <summary>What is collected from a chain's nodes.</summary>
public sealed record ChainCollectorOptions
{
    public required NodeOptions Node { get; init; }

    /// <summary>First block; null to begin at the head.</summary>
    public long? From { get; init; }

    /// <summary>Last block; null to go on with the head for ever.</summary>
    public long? To { get; init; }

    /// <summary>How many blocks must stand on a block before it is taken; 0 takes the head itself. Default 0.</summary>
    public int Confirmations { get; init; }

    /// <summary>How often the head is asked for when no node announces it. Default 2 seconds.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Blocks that are asked for together. Default 10.</summary>
    public int BlocksPerFetch { get; init; } = 10;

    /// <summary>Such questions under way at once while the head is far. Default 3.</summary>
    public int FetchesAtOnce { get; init; } = 3;

    /// <summary>Deepest reorganisation that is followed, in blocks below the head. Default 128.</summary>
    public int RecentBlocks { get; init; } = 128;

    /// <summary>How often the cursor is kept while blocks come fast. Default 1 second: so much is read again after a crash.</summary>
    public TimeSpan CursorInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A range that has not moved for so long fails; the head is waited for without end. Default 10 minutes.</summary>
    public TimeSpan StandstillLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far a block's time may lie ahead of the clock. Default 15 minutes.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(15);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string error in Node.Validate())
        {
            yield return error;
        }

        if (From < 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The first block {From} is below 0.");
        }

        if (To is not null && From is null)
        {
            yield return "A last block needs a first one too.";
        }

        if (To < From)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The last block {To} is below the first, {From}.");
        }

        if (Confirmations is < 0 or > 100_000)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Confirmations {Confirmations} is not within 0 to 100000.");
        }

        if (PollInterval < TimeSpan.FromMilliseconds(10) || PollInterval > TimeSpan.FromHours(1))
        {
            yield return "PollInterval is not within 10 ms to 1 hour.";
        }

        if (BlocksPerFetch is < 1 or > 500)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"BlocksPerFetch {BlocksPerFetch} is not within 1 to 500.");
        }

        if (FetchesAtOnce is < 1 or > 32)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"FetchesAtOnce {FetchesAtOnce} is not within 1 to 32.");
        }

        if (RecentBlocks is < 1 or > 10_000)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"RecentBlocks {RecentBlocks} is not within 1 to 10000.");
        }

        if (CursorInterval < TimeSpan.Zero || StandstillLimit <= TimeSpan.Zero || FutureTolerance < TimeSpan.Zero)
        {
            yield return "CursorInterval, StandstillLimit or FutureTolerance is negative.";
        }
    }
}
