namespace AuditIntel.Avro;

/// <summary>Reads one item of a list or map.</summary>
public delegate T AvroItemReader<out T>(ref AvroReader reader);
