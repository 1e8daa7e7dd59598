namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 25, request: puts the offsets of a group under an open transaction.</summary>
internal sealed class AddOffsetsToTxnRequest : IMessage<AddOffsetsToTxnRequest>
{
    public string TransactionalId = "";
    public long ProducerId;
    public short ProducerEpoch;
    public string GroupId = "";

    public static Layout<AddOffsetsToTxnRequest> Layout { get; } = new Layout<AddOffsetsToTxnRequest>(flexibleFrom: 3)
        .String("0+", m => ref m.TransactionalId)
        .Int64("0+", m => ref m.ProducerId)
        .Int16("0+", m => ref m.ProducerEpoch)
        .String("0+", m => ref m.GroupId);
}

/// <summary>API key 25, response.</summary>
internal sealed class AddOffsetsToTxnResponse : IMessage<AddOffsetsToTxnResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;

    public static Layout<AddOffsetsToTxnResponse> Layout { get; } = new Layout<AddOffsetsToTxnResponse>(flexibleFrom: 3)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Int16("0+", m => ref m.ErrorCode);
}
