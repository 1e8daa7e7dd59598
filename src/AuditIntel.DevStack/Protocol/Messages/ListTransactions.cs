namespace AuditIntel.DevStack.Protocol.Messages;

/// <summary>API key 66, request: lists transactional ids.</summary>
internal sealed class ListTransactionsRequest : IMessage<ListTransactionsRequest>
{
    public List<string> StateFilters = [];
    public List<long> ProducerIdFilters = [];
    public long DurationFilter = -1;

    public static Layout<ListTransactionsRequest> Layout { get; } = new Layout<ListTransactionsRequest>(flexibleFrom: 0)
        .Array("0+", m => ref m.StateFilters, WireTypes.String)
        .Array("0+", m => ref m.ProducerIdFilters, WireTypes.Int64)
        .Int64("1+", m => ref m.DurationFilter);
}

/// <summary>API key 66, response.</summary>
internal sealed class ListTransactionsResponse : IMessage<ListTransactionsResponse>
{
    public int ThrottleTimeMs;
    public short ErrorCode;
    public List<string> UnknownStateFilters = [];
    public List<TransactionStateEntry> TransactionStates = [];

    public static Layout<ListTransactionsResponse> Layout { get; } = new Layout<ListTransactionsResponse>(flexibleFrom: 0)
        .Int32("0+", m => ref m.ThrottleTimeMs)
        .Int16("0+", m => ref m.ErrorCode)
        .Array("0+", m => ref m.UnknownStateFilters, WireTypes.String)
        .Array("0+", m => ref m.TransactionStates, TransactionStateEntry.Layout);

    internal sealed class TransactionStateEntry
    {
        public string TransactionalId = "";
        public long ProducerId;
        public string TransactionState = "";

        public static Layout<TransactionStateEntry> Layout { get; } = new Layout<TransactionStateEntry>()
            .String("0+", m => ref m.TransactionalId)
            .Int64("0+", m => ref m.ProducerId)
            .String("0+", m => ref m.TransactionState);
    }
}
