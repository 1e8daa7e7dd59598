namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 22, request: gives a producer its id and epoch.</summary>
internal sealed class InitProducerIdRequest : IMessage<InitProducerIdRequest>
{
    public string? TransactionalId;
    public int TransactionTimeoutMs;
    public long ProducerId = -1;
    public short ProducerEpoch = -1;

    public static Layout<InitProducerIdRequest> Layout { get; } = new Layout<InitProducerIdRequest>(flexibleFrom: 2)
        .NullableString("0+", m => ref m.TransactionalId, "0+")
        .Int32("0+", m => ref m.TransactionTimeoutMs)
        .Int64("3+", m => ref m.ProducerId)
        .Int16("3+", m => ref m.ProducerEpoch);
}

/// <summary>API key 22, response.</summary>
internal sealed class InitProducerIdResponse : IMessage<InitProducerIdResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public long ProducerId = -1;
    public short ProducerEpoch;

    public static Layout<InitProducerIdResponse> Layout { get; } = new Layout<InitProducerIdResponse>(flexibleFrom: 2)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Int16("0+", m => ref m.ErrorCode)
        .Int64("0+", m => ref m.ProducerId)
        .Int16("0+", m => ref m.ProducerEpoch);
}
