namespace AuditIntel.Collectors;

/// <summary>Why a piece was set aside: the closed set of error classes of this room.</summary>
public static class CollectionError
{
    public const string EmptyFile = "empty-file";
    public const string BinaryFile = "binary-file";
    public const string InvalidUtf8 = "invalid-utf8";
    public const string FileTooLarge = "file-too-large";
    public const string UnreadableFile = "unreadable-file";
    public const string NoFindings = "no-findings-recognised";
    public const string TooDeeplyNested = "too-deeply-nested";
    public const string MissingTitle = "missing-title";
    public const string MissingBody = "missing-body";
    public const string BadCsvRow = "bad-csv-row";
    public const string BadField = "bad-field";
    public const string MalformedDocument = "malformed-document";
    public const string RecordTooLarge = "record-too-large";
}
