namespace AuditIntel.Sinks.Postgres;

/// <summary>One decoded record of a batch, with where its bytes lie in the batch (for the case that the database refuses it).</summary>
internal readonly record struct SinkRecord(object Value, string Topic, int Partition, long Offset, int BytesStart, int KeyLength, int ValueLength);
