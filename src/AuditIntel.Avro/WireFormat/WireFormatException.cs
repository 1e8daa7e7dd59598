namespace AuditIntel.Avro;

/// <summary>A value that is not in the Confluent wire format.</summary>
public sealed class WireFormatException(string message) : AvroException(message);
