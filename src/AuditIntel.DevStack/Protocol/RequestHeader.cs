namespace AuditIntel.DevStack.Protocol;

/// <summary>What stands before every request.</summary>
internal readonly record struct RequestHeader(short Key, short Version, int Correlation, string? ClientId);
