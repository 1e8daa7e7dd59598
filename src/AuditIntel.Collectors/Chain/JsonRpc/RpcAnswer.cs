namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>One answer of a node.</summary>
/// <param name="Id">The request's number; -1 when the answer has none, or none of ours.</param>
/// <param name="Result">JSON of the result; empty when there is none, <c>null</c> for a null one.</param>
/// <param name="Error">Set when the node refuses.</param>
internal sealed record RpcAnswer(long Id, ReadOnlyMemory<byte> Result, RpcError? Error)
{
    public bool IsNull => Result.Span.SequenceEqual("null"u8);
}
