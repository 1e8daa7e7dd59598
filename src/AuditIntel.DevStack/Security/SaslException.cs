namespace AuditIntel.DevStack.Security;

/// <summary>A client failed to authenticate. The message never tells which part was wrong.</summary>
public sealed class SaslException(string message) : Exception(message);
