namespace AuditIntel.Avro;

/// <summary>Bytes that are no value of their schema.</summary>
public sealed class AvroDataException : AvroException
{
    public AvroDataException(string message, int position)
        : base($"{message} at byte {position}.") => Position = position;

    /// <summary>Where reading failed, in bytes from the start of the value.</summary>
    public int Position { get; }
}
