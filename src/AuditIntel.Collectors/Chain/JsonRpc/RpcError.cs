namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>What a node answered instead of a result.</summary>
internal sealed record RpcError(long Code, string Message);
