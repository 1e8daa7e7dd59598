namespace AuditIntel.Collectors.Chain.Nodes;

/// <summary>A node gave no good answer.</summary>
public sealed class NodeException : Exception
{
    internal NodeException(NodeErrorKind kind, string message, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        RetryAfter = retryAfter;
    }

    internal NodeErrorKind Kind { get; }

    /// <summary>When the node wants to be asked again at the earliest, counted from the answer.</summary>
    internal TimeSpan? RetryAfter { get; }
}
