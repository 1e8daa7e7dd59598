namespace AuditIntel.Intelligence.Transactions.Artefacts;

/// <summary>The bytes are no model that can be used here; the message says why and what to do, in one sentence.</summary>
public sealed class ModelArtefactException(string message, Exception? inner = null) : Exception(message, inner);
