namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>A piece of an answer that could not be taken.</summary>
internal sealed record RefusedPiece(string Place, string ErrorClass, string Message, byte[] Payload);
