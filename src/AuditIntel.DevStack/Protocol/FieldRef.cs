namespace AuditIntel.DevStack.Protocol;

/// <summary>Points at a field of a message, so that one declaration serves for reading and for writing.</summary>
internal delegate ref TValue FieldRef<in TMessage, TValue>(TMessage message);
