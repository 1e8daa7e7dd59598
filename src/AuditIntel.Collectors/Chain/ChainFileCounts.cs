namespace AuditIntel.Collectors.Chain;

/// <summary>What a collection has read so far.</summary>
public sealed record ChainFileCounts
{
    public long Blocks { get; internal set; }

    public long Transactions { get; internal set; }

    /// <summary>Transactions by the layout that they were read from: etherscan-csv, ethereum-etl, json-rpc.</summary>
    public IReadOnlyDictionary<string, long> TransactionsByLayout => ByLayout;

    /// <summary>Labelled addresses.</summary>
    public long Labels { get; internal set; }

    public long DeadLetters { get; internal set; }

    /// <summary>Lines and answers that hold something else than blocks, transactions or labels.</summary>
    public long PassedOver { get; internal set; }

    internal Dictionary<string, long> ByLayout { get; } = [];
}
