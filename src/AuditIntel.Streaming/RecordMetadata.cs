namespace AuditIntel.Streaming;

/// <summary>Where the record that is being processed came from.</summary>
public readonly record struct RecordMetadata(string Topic, int Partition, long Offset);
