namespace AuditIntel.Streaming;

/// <summary>A topology that cannot be built, or an instance that failed. The message says what and where.</summary>
public sealed class StreamsException : Exception
{
    public StreamsException(string message)
        : base(message)
    {
    }

    public StreamsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
