namespace AuditIntel.Contracts;

/// <summary>Names of record headers.</summary>
public static class DeadLetterHeaders
{
    public const string ErrorClass = "error.class";
    public const string ErrorMessage = "error.message";
    public const string ErrorStage = "error.stage";
    public const string OriginTopic = "origin.topic";
    public const string OriginPartition = "origin.partition";
    public const string OriginOffset = "origin.offset";

    /// <summary>Which collector or role made the record.</summary>
    public const string Source = "source";

    /// <summary>W3C trace context.</summary>
    public const string TraceParent = "traceparent";
}
