namespace AuditIntel.Cli.Ingestion;

/// <summary>Chain data of one run.</summary>
internal sealed record TransactionCounts
{
    /// <summary>Files that held chain data.</summary>
    public required long Files { get; init; }

    /// <summary>Transactions put onto their topic.</summary>
    public required long Read { get; init; }

    /// <summary>Distinct ones of these that now stand in the table of transactions, not taken back.</summary>
    public required long Stored { get; init; }

    /// <summary>Of these, the ones that a model has scored.</summary>
    public required long Scored { get; init; }

    /// <summary>Read a second, from the first file opened to the last row stored.</summary>
    public required double PerSecond { get; init; }

    /// <summary><see cref="Read"/> by the layout of the file: etherscan-csv, ethereum-etl, json-rpc.</summary>
    public required IReadOnlyDictionary<string, long> ByLayout { get; init; }

    public required long Blocks { get; init; }

    /// <summary>Labelled addresses in the files.</summary>
    public required long Labels { get; init; }

    /// <summary>Addresses whose labels were new or had changed.</summary>
    public required long LabelsChanged { get; init; }

    /// <summary>Rows, lines and answers that could not be taken.</summary>
    public required long DeadLetters { get; init; }
}
