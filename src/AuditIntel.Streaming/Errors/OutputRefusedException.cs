namespace AuditIntel.Streaming;

/// <summary>An output that cannot be sent, and the handler has said that this is the end.</summary>
public sealed class OutputRefusedException(string message, Exception cause) : Exception(message, cause);
