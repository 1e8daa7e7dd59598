namespace AuditIntel.Avro;

/// <summary>The Schema Registry refused a request or did not answer.</summary>
public sealed class SchemaRegistryException : AvroException
{
    public SchemaRegistryException(string message, int errorCode)
        : base(message) => ErrorCode = errorCode;

    public SchemaRegistryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Confluent's error code, such as 409 or 42201; 0 when the registry did not answer.</summary>
    public int ErrorCode { get; }
}
