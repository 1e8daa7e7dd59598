namespace AuditIntel.Collectors.Chain.Files;

/// <summary>Where the columns of an Etherscan-style table are; -1 for those it does not have.</summary>
internal sealed record EtherscanColumns
{
    private static readonly string[] Telling = ["hash", "from", "to", "value", "gas", "gasprice", "nonce", "transactionindex", "blocknumber", "timestamp"];

    /// <summary>A table with that many of the telling columns is one, though perhaps a damaged one.</summary>
    private const int EnoughToTell = 5;

    private EtherscanColumns(string[] header)
    {
        int At(string name) => Array.IndexOf(header, name);

        Count = header.Length;
        BlockNumber = At("blocknumber");
        BlockHash = At("blockhash");
        Timestamp = At("timestamp");
        Hash = At("hash");
        Nonce = At("nonce");
        Index = At("transactionindex");
        From = At("from");
        To = At("to");
        Value = At("value");
        GasLimit = At("gas");
        GasPrice = At("gasprice");
        GasUsed = At("gasused");
        CumulativeGasUsed = At("cumulativegasused");
        IsError = At("iserror");
        ReceiptStatus = At("txreceiptstatus");
        ContractAddress = At("contractaddress");
        InputBytes = At("inputbytes");
        Input = At("input");
        FunctionName = At("functionname");
        AccountId = At("accountid");
    }

    public int Count { get; }

    public int BlockNumber { get; }

    public int BlockHash { get; }

    public int Timestamp { get; }

    public int Hash { get; }

    public int Nonce { get; }

    public int Index { get; }

    public int From { get; }

    public int To { get; }

    public int Value { get; }

    public int GasLimit { get; }

    public int GasPrice { get; }

    public int GasUsed { get; }

    public int CumulativeGasUsed { get; }

    public int IsError { get; }

    public int ReceiptStatus { get; }

    public int ContractAddress { get; }

    /// <summary>Length of the whole input, where the table holds only its beginning.</summary>
    public int InputBytes { get; }

    public int Input { get; }

    public int FunctionName { get; }

    public int AccountId { get; }

    public static bool Recognises(string[] header) => Telling.Count(header.Contains) >= EnoughToTell;

    /// <exception cref="ChainFormatException">A column that every transaction needs is not there.</exception>
    public static EtherscanColumns Of(string[] header)
    {
        string[] missing = [.. Telling.Except(header)];
        return missing.Length == 0
            ? new EtherscanColumns(header)
            : throw new ChainFormatException(ChainError.BadCsvHeader, $"The header lacks {string.Join(", ", missing)}; export the table with these columns.");
    }
}
