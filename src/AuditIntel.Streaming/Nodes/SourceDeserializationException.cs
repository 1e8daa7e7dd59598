namespace AuditIntel.Streaming.Nodes;

/// <summary>Carries a serde's exception past the processing errors.</summary>
public sealed class SourceDeserializationException(Exception cause) : Exception(cause.Message, cause);
