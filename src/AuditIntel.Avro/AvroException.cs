namespace AuditIntel.Avro;

/// <summary>Something is wrong with Avro data or with a schema. The message says what and where.</summary>
public class AvroException : Exception
{
    public AvroException(string message)
        : base(message)
    {
    }

    public AvroException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
