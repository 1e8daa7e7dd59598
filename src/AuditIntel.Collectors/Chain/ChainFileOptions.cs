using System.Globalization;

namespace AuditIntel.Collectors.Chain;

/// <summary>Settings of a collection of chain data over files.</summary>
public sealed record ChainFileOptions
{
    /// <summary>Chain of the files; records that state another one are set aside. Default 1, Ethereum mainnet.</summary>
    public long ChainId { get; init; } = 1;

    /// <summary>How far a timestamp may lie ahead of the clock. Default 15 minutes.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Longest line of a file that is read by lines, in bytes. Default 16 MiB.</summary>
    public int LongestLine { get; init; } = 16 * 1024 * 1024;

    /// <summary>Largest file that is read whole, in bytes. Default 256 MiB.</summary>
    public long LargestAnswer { get; init; } = 256L * 1024 * 1024;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (ChainId < 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Chain id {ChainId} is not above 0.");
        }

        if (FutureTolerance < TimeSpan.Zero)
        {
            yield return "FutureTolerance is negative.";
        }

        if (LongestLine < 1024)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"LongestLine {LongestLine} is below 1024 bytes.");
        }

        if (LargestAnswer < 1024)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"LargestAnswer {LargestAnswer} is below 1024 bytes.");
        }
    }
}
