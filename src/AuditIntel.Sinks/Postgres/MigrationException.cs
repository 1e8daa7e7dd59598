namespace AuditIntel.Sinks.Postgres;

/// <summary>The database and the program's migrations do not fit together; the message says how and what to do.</summary>
public sealed class MigrationException : Exception
{
    public MigrationException(string message)
        : base(message)
    {
    }

    public MigrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
