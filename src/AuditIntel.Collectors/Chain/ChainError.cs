namespace AuditIntel.Collectors.Chain;

/// <summary>Why a block, a transaction or a label was set aside: the closed set of error classes of the chain collectors.</summary>
public static class ChainError
{
    public const string MalformedJson = "malformed-json";
    public const string MissingField = "missing-field";
    public const string BadNumber = "bad-number";
    public const string NegativeNumber = "negative-number";
    public const string NumberOutOfRange = "number-out-of-range";
    public const string BadHex = "bad-hex";
    public const string WrongChain = "wrong-chain-id";
    public const string FutureTimestamp = "future-timestamp";
    public const string InconsistentBlock = "inconsistent-block";
    public const string BadCsvRow = CollectionError.BadCsvRow;
    public const string BadCsvHeader = "bad-csv-header";
    public const string LineTooLong = "line-too-long";
    public const string FileTooLarge = CollectionError.FileTooLarge;
    public const string UnreadableFile = CollectionError.UnreadableFile;
    public const string RecordTooLarge = CollectionError.RecordTooLarge;
    public const string RpcAnswerRefused = "rpc-error-answer";
}
