namespace AuditIntel.Collectors.Chain.Files;

/// <summary>What a file of chain data holds, in the order in which files are read: labels come before the transactions that meet them.</summary>
internal enum ChainFileFormat
{
    None,

    /// <summary>CSV of labelled addresses.</summary>
    LabelList,

    /// <summary>JSON-RPC answers: blocks, and receipts beside them.</summary>
    RpcAnswer,

    /// <summary>JSON lines of ethereum-etl.</summary>
    EthereumEtl,

    /// <summary>CSV of transactions.</summary>
    EtherscanCsv,

    /// <summary>CSV that says which accounts are fraudulent: the truth that models are judged by, never an input of theirs.</summary>
    AccountFlags,
}
