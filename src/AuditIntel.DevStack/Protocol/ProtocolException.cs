namespace AuditIntel.DevStack.Protocol;

/// <summary>A frame does not follow the layout of its message; the connection that sent it is closed.</summary>
public sealed class ProtocolException(string message, Exception? cause = null) : Exception(message, cause);
