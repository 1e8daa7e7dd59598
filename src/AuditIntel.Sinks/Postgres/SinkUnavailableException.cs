namespace AuditIntel.Sinks.Postgres;

/// <summary>A sink gave up after its last retry; nothing is lost, a restart goes on from the stored offsets.</summary>
public sealed class SinkUnavailableException : Exception
{
    public SinkUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
