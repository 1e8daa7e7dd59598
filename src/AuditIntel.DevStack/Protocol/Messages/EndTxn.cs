namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 26, request: commits or aborts a transaction.</summary>
internal sealed class EndTxnRequest : IMessage<EndTxnRequest>
{
    public string TransactionalId = "";
    public long ProducerId;
    public short ProducerEpoch;
    public bool Committed;

    public static Layout<EndTxnRequest> Layout { get; } = new Layout<EndTxnRequest>(flexibleFrom: 3)
        .String("0+", m => ref m.TransactionalId)
        .Int64("0+", m => ref m.ProducerId)
        .Int16("0+", m => ref m.ProducerEpoch)
        .Bool("0+", m => ref m.Committed);
}

/// <summary>API key 26, response.</summary>
internal sealed class EndTxnResponse : IMessage<EndTxnResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public long ProducerId = -1;
    public short ProducerEpoch = -1;

    public static Layout<EndTxnResponse> Layout { get; } = new Layout<EndTxnResponse>(flexibleFrom: 3)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Int16("0+", m => ref m.ErrorCode)
        .Int64("5+", m => ref m.ProducerId)
        .Int16("5+", m => ref m.ProducerEpoch);
}
